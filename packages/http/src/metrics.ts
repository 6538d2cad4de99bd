import type { Meter } from '@copse/contracts'

export interface Metrics extends Meter {
  /** Values read when somebody looks, by name. */
  gauges(read: () => Promise<Record<string, number>>): void
  /** Prometheus text format 0.0.4. */
  text(): Promise<string>
}

type Labels = Record<string, string>

interface Histogram {
  counts: number[]
  sum: number
  count: number
}

/** Fits milliseconds, the unit of everything observed here. */
const bounds = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]
/** A label taken from outside must not grow the process without end. */
const maxSeries = 2_000

export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>()
  const histograms = new Map<string, Map<string, Histogram>>()
  const readers: (() => Promise<Record<string, number>>)[] = []
  return {
    count(name, by = 1, labels = {}) {
      const series = seriesOf(counters, name)
      const key = labelText(labels)
      if (series.has(key) || series.size < maxSeries) series.set(key, (series.get(key) ?? 0) + by)
    },
    observe(name, value, labels = {}) {
      const series = seriesOf(histograms, name)
      const key = labelText(labels)
      if (!series.has(key) && series.size >= maxSeries) return
      const found = series.get(key) ?? { counts: bounds.map(() => 0), sum: 0, count: 0 }
      series.set(key, found)
      bounds.forEach((bound, i) => {
        if (value <= bound) found.counts[i] = (found.counts[i] ?? 0) + 1
      })
      found.sum += value
      found.count += 1
    },
    gauges(read) {
      readers.push(read)
    },
    async text() {
      const lines: string[] = []
      for (const read of readers) {
        for (const [name, value] of Object.entries(await read())) lines.push(`# TYPE ${name} gauge`, `${name} ${value}`)
      }
      for (const [name, series] of counters) {
        lines.push(`# TYPE ${name} counter`)
        for (const [labels, value] of series) lines.push(`${name}${braces(labels)} ${value}`)
      }
      for (const [name, series] of histograms) {
        lines.push(`# TYPE ${name} histogram`)
        for (const [labels, histogram] of series) lines.push(...histogramLines(name, labels, histogram))
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function seriesOf<T>(families: Map<string, Map<string, T>>, name: string): Map<string, T> {
  const found = families.get(name) ?? new Map<string, T>()
  families.set(name, found)
  return found
}

function histogramLines(name: string, labels: string, { counts, sum, count }: Histogram): string[] {
  const bucket = (bound: number | string, value: number): string =>
    `${name}_bucket${braces([labels, `le="${bound}"`].filter(Boolean).join(','))} ${value}`
  return [
    ...bounds.map((bound, i) => bucket(bound, counts[i] ?? 0)),
    bucket('+Inf', count),
    `${name}_sum${braces(labels)} ${sum}`,
    `${name}_count${braces(labels)} ${count}`,
  ]
}

const braces = (labels: string): string => (labels ? `{${labels}}` : '')

const labelText = (labels: Labels): string =>
  Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
    .join(',')

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
