/**
 * What a run costs: milliseconds of the processor, which do not depend on what else the machine is doing, and the
 * megabytes that stay.
 */
export function cost<T>(run: () => T): { ms: number; mb: number; result: T } {
  const memory = process.memoryUsage().rss
  const before = process.cpuUsage()
  const result = run()
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, mb: (process.memoryUsage().rss - memory) / 1e6, result }
}
