/** Bytes of heap that each of `count` things keeps alive, once everything that is garbage is gone. */
export function retainedBytes(count: number, make: (index: number) => unknown): number {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Heap is measured under --expose-gc only.')
  make(-1)
  const kept: unknown[] = Array.from({ length: count }, () => null)
  const settled = () => {
    gc()
    gc()
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  }
  const before = settled()
  for (let index = 0; index < count; index++) kept[index] = make(index)
  const bytes = (settled() - before) / count
  if (kept.includes(null)) throw new Error('Something was not made.')
  return bytes
}
