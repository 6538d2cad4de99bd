import { knownAt, type Said } from '@copse/studio'
import { bad, bold, dim } from '../show/table.ts'

/** A turn as an author looks at it: what was said, what may be tapped, where it stands and what is known. */
export function saidText(said: Said): string {
  const { reply, options, step, status, intent, performed, handoffs } = said
  const called = performed.map(({ name, outcome }) => {
    const came = outcome.status === 'ok' ? 'ok' : bad(`${outcome.status}: ${outcome.reason || outcome.code}`)
    return dim(`  called ${name}: `) + came
  })
  const where = [intent ?? 'no procedure', ...(step === null ? [] : [`at ${step}`]), status]
  return [
    ...(reply === '' ? [dim('(nothing is said)')] : [bold(reply)]),
    ...options.map(({ title }, index) => `  ${index + 1}  ${title}`),
    ...called,
    ...handoffs.map(({ reason }) => dim(`  a person is asked for: ${reason}`)),
    dim(`  ${where.join(', ')}; ${dataLine(said)}`),
  ].join('\n')
}

function dataLine({ atRest }: Said): string {
  const known = knownAt(atRest)
  const parts = Object.entries(known).map(([key, { value, unconfirmed }]) => {
    const text = cut(typeof value === 'string' ? value : JSON.stringify(value))
    return `${key} ${text}${unconfirmed ? ' (unconfirmed)' : ''}`
  })
  return parts.length === 0 ? 'nothing is known' : parts.join(', ')
}

/** All that is known, whole, with who said it. */
export function dataText({ atRest }: Said): string {
  const rows = Object.entries(knownAt(atRest))
  if (rows.length === 0) return dim('  Nothing is known yet.')
  return rows
    .map(
      ([key, { value, by }]) =>
        `  ${key} ${dim(`(${by})`)} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join('\n')
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
