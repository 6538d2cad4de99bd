export interface Sample {
  name: string
  /** The metric that the sample is of: without `_bucket`, `_sum`, `_count`. */
  family: string
  labels: Record<string, string>
  value: number
}

/** Prometheus text format 0.0.4, strictly: whatever it does not allow throws. */
export function parseExposition(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.')
  const kinds = new Map<string, string>()
  const helped = new Set<string>()
  const seen = new Set<string>()
  let current = ''
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line)
      if (comment) {
        const [, what, name, rest] = comment as unknown as [string, string, string, string]
        if (what === 'HELP') {
          if (helped.has(name)) throw new Error(`${name} is helped twice.`)
          helped.add(name)
        } else {
          if (kinds.has(name) || !/^(counter|gauge|histogram)$/.test(rest)) throw new Error(line)
          kinds.set(name, rest)
          current = name
        }
        return []
      }
      const sample = sampleIn(line, current, kinds.get(current))
      const key = `${sample.name} ${Object.entries(sample.labels).map(String).sort().join()}`
      if (seen.has(key)) throw new Error(`${key} is there twice.`)
      seen.add(key)
      return [sample]
    })
}

function sampleIn(line: string, family: string, kind: string | undefined): Sample {
  const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line)
  if (!found || kind === undefined) throw new Error(`Not a sample: ${line}`)
  const [, name, inside = '', number] = found as unknown as [string, string, string | undefined, string]
  const suffix = name.slice(family.length)
  const suffixes = kind === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
  if (!name.startsWith(family) || !suffixes.includes(suffix)) throw new Error(`${name} does not belong to ${family}.`)
  const labels: Record<string, string> = {}
  const left = inside.replaceAll(
    /([a-zA-Z_]\w*)="((?:[^"\\]|\\[\\"n])*)"(?:,|$)/g,
    (_, label: string, value: string) => {
      labels[label] = value
      return ''
    },
  )
  const value = Number(number)
  if (left !== '' || Number.isNaN(value)) throw new Error(`Not a sample: ${line}`)
  return { name, family, labels, value }
}
