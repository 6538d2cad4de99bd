/** So many at once for so long, each again when it is done; how many a second. */
export async function perSecond(atOnce: number, forMs: number, one: () => Promise<unknown>): Promise<number> {
  let done = 0
  const start = performance.now()
  const each = async (): Promise<void> => {
    while (performance.now() - start < forMs) {
      await one()
      done++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, each))
  return (done * 1000) / (performance.now() - start)
}
