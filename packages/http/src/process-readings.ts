import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Reading } from './metrics.ts'

/** Seldom enough to cost an idle process nothing. */
const sampleMs = 50
const quantiles = [0.5, 0.99, 1]

/** How the process itself is. What is read of the event loop is of the time since the last look. */
export function readProcess(): { read: () => Promise<readonly Reading[]>; stop: () => void } {
  const delay = monitorEventLoopDelay({ resolution: sampleMs })
  delay.enable()
  const startedAt = Date.now() / 1_000 - process.uptime()

  const delays = (): Reading[] => {
    const found = quantiles.map((quantile): Reading => {
      const seenMs = delay.count === 0 ? 0 : delay.percentile(quantile * 100) / 1e6 - sampleMs
      return [
        'process_event_loop_delay_ms',
        Math.max(0, Math.round(seenMs * 100) / 100),
        { quantile: String(quantile) },
      ]
    })
    delay.reset()
    return found
  }

  return {
    async read() {
      const { rss, heapUsed } = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      return [
        ['process_start_time_seconds', startedAt],
        ['process_cpu_seconds_total', (user + system) / 1e6],
        ['process_resident_memory_bytes', rss],
        ['process_heap_bytes', heapUsed],
        ...delays(),
      ]
    },
    stop: () => void delay.disable(),
  }
}
