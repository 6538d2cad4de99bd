import { parse } from 'yaml'

interface Run {
  given?: {
    cells?: Record<string, unknown>
    answers?: Record<string, unknown>
    turns?: ({ kind: string; key?: string; node?: string; data?: unknown; at?: number } | 'cancel')[]
  }
  outcome: Record<string, unknown> & { status: string; code?: string; reason?: string }
}

/** An example as a page shows it: its tree as written, and a row for each run. */
export function showExample(text: string): string[] {
  const { about, runs } = parse(text) as { about: string; runs: Run[] }
  const lines = text.split('\n')
  const from = lines.indexOf('tree:') + 1
  const to = lines.findIndex((line, position) => position >= from && !line.startsWith(' '))
  return [
    `**Example.** ${about}`,
    '',
    '```yaml',
    ...lines.slice(from, to).map((line) => line.slice(2)),
    '```',
    '',
    '| given | comes of it |',
    '|---|---|',
    ...runs.map(({ given, outcome }) => `| ${cell(printGiven(given))} | ${cell(printOutcome(outcome))} |`),
  ]
}

function printGiven({ cells = {}, answers = {}, turns = [] }: NonNullable<Run['given']> = {}): string {
  const known = Object.entries(cells).map(([key, value]) => `\`${key}\` is ${code(value)}`)
  const outside = Object.entries(answers).map(
    ([name, answer]) => `\`${name}\` answers ${[answer].flat().map(code).join(', then ')}`,
  )
  const said = turns.map((turn) => (turn === 'cancel' ? 'cancelled' : eventText(turn)))
  const all = [...known, ...outside, ...said]
  return all.length === 0 ? 'nothing' : all.join('; ')
}

function eventText({
  kind,
  key,
  node,
  data,
  at,
}: Exclude<NonNullable<NonNullable<Run['given']>['turns']>[0], 'cancel'>) {
  const parts = [`*${kind}*`]
  if (key !== undefined) parts.push(`\`${key}\``)
  if (node !== undefined) parts.push(`for \`${node}\``)
  if (data !== undefined && data !== null) parts.push(code(data))
  if (at !== undefined) parts.push(`after ${at} ms`)
  return parts.join(' ')
}

function printOutcome({ status, code: failure, reason, result, cells = {}, ...lists }: Run['outcome']): string {
  const parts = [`**${status}**${failure === undefined ? '' : ` \`${failure}\``}`]
  if (reason !== undefined) parts.push(`“${reason}”`)
  if (result !== undefined) parts.push(`result ${code(result)}`)
  for (const [key, value] of Object.entries(cells as Record<string, unknown>)) {
    parts.push(value === null ? `no \`${key}\`` : `\`${key}\` is ${code(value)}`)
  }
  for (const [what, names] of Object.entries(lists)) {
    const list = names as string[]
    parts.push(`${words[what]!} ${list.length === 0 ? 'nothing' : list.map((name) => `\`${name}\``).join(', ')}`)
  }
  return parts.join('; ')
}

const words: Readonly<Record<string, string>> = {
  waits: 'waits for',
  entered: 'entered',
  halted: 'halted',
  called: 'really called',
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``
const cell = (text: string): string => text.replaceAll('|', '\\|')
