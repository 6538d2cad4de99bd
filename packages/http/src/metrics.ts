import { metrics as catalogue, type Meter, type MetricName, type MetricSpec } from '@copse/contracts'

export interface Metrics extends Meter {
  /** Values that are read when somebody looks. */
  read(reader: () => Promise<readonly Reading[]>): void
  /** Prometheus text format 0.0.4. */
  text(): Promise<string>
}

export type Reading = readonly [name: MetricName, value: number, labels?: Labels]

type Labels = Record<string, string>
/** By the text of its labels. */
type Series<T> = Map<string, T>

interface Histogram {
  counts: number[]
  sum: number
  count: number
}

/** A label taken from outside must not grow the process without end. */
const maxSeries = 2_000

export function createMetrics(): Metrics {
  const counters = new Map<MetricName, Series<number>>()
  const histograms = new Map<MetricName, Series<Histogram>>()
  const readers: (() => Promise<readonly Reading[]>)[] = []

  /** Undefined when the family is full. */
  function room<T>(families: Map<MetricName, Series<T>>, name: MetricName, labels: string): Series<T> | undefined {
    const series = familyOf(families, name)
    if (series.has(labels) || series.size < maxSeries) return series
    if (name !== 'metrics_dropped_total') count('metrics_dropped_total', 1, { metric: name })
    return undefined
  }

  function count(name: MetricName, by = 1, labels: Labels = {}): void {
    const key = labelText(labels)
    const series = room(counters, name, key)
    series?.set(key, (series.get(key) ?? 0) + by)
  }

  return {
    count,
    observe(name, value, labels = {}) {
      const key = labelText(labels)
      const series = room(histograms, name, key)
      if (!series) return
      const bounds = boundsOf(name)
      const found = series.get(key) ?? { counts: bounds.map(() => 0), sum: 0, count: 0 }
      series.set(key, found)
      bounds.forEach((bound, i) => {
        if (value <= bound) found.counts[i] = (found.counts[i] ?? 0) + 1
      })
      found.sum += value
      found.count += 1
    },
    read(reader) {
      readers.push(reader)
    },
    async text() {
      const values = new Map(counters)
      for (const [name, value, labels = {}] of (await Promise.all(readers.map((read) => read()))).flat())
        familyOf(values, name).set(labelText(labels), value)
      // In the order of the catalogue: two looks can be compared line by line.
      const lines = (Object.keys(catalogue) as MetricName[]).flatMap((name) => {
        const simple = [...(values.get(name) ?? [])].map(([labels, value]) => `${name}${braces(labels)} ${value}`)
        const spread = [...(histograms.get(name) ?? [])].flatMap(([labels, seen]) => linesOf(name, labels, seen))
        const samples = [...simple, ...spread]
        return samples.length === 0 ? [] : [...headOf(name), ...samples]
      })
      return `${lines.join('\n')}\n`
    },
  }
}

const specOf = (name: MetricName): MetricSpec => catalogue[name]
const boundsOf = (name: MetricName): readonly number[] => specOf(name).bounds ?? []

function headOf(name: MetricName): string[] {
  const { kind, help } = specOf(name)
  return [`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${kind}`]
}

function familyOf<T>(families: Map<MetricName, Series<T>>, name: MetricName): Series<T> {
  const found = families.get(name) ?? (new Map() as Series<T>)
  families.set(name, found)
  return found
}

function linesOf(name: MetricName, labels: string, { counts, sum, count }: Histogram): string[] {
  const bucket = (bound: number | string, value: number): string =>
    `${name}_bucket${braces([labels, `le="${bound}"`].filter(Boolean).join(','))} ${value}`
  return [
    ...boundsOf(name).map((bound, i) => bucket(bound, counts[i] ?? 0)),
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
