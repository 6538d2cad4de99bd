import {
  canonicalJson,
  type Json,
  type JsonObject,
  type RecordedTurn,
  type StoredSession,
  type TurnResult,
} from '@copse/contracts'

/** Something that came out otherwise than recorded. */
export interface Difference {
  about: 'effects' | 'trace' | 'messages' | 'session'
  /** One sentence. */
  told: string
  recorded?: Json
  now?: Json
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json
const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** Of one turn. */
export function differencesOf(turn: RecordedTurn, result: TurnResult, mismatch: string | undefined): Difference[] {
  const { trace = [], messages } = turn
  return [
    ...(mismatch === undefined ? [] : [{ about: 'effects' as const, told: mismatch }]),
    ...inTrace(trace, result.trace),
    ...(same(messages, result.messages)
      ? []
      : [
          {
            about: 'messages' as const,
            told: `the customer reads ${textsOf(result.messages)}; recorded is ${textsOf(messages)}`,
            recorded: plain(messages),
            now: plain(result.messages),
          },
        ]),
  ]
}

/** Of a session at the end of its last turn. */
export function differencesAtRest(recorded: StoredSession, now: StoredSession | undefined): Difference[] {
  if (!now) return [{ about: 'session', told: `the session ${recorded.id} does not begin` }]
  const parts = ['status', 'step', 'outcome', 'procedure', 'revision'] as const
  const told = parts.flatMap((part): Difference[] =>
    same(recorded[part], now[part])
      ? []
      : [
          {
            about: 'session',
            told: `its ${part} is ${shown(now[part])}; recorded is ${shown(recorded[part])}`,
            recorded: plain(recorded[part]),
            now: plain(now[part]),
          },
        ],
  )
  // Retention takes the snapshot of what has ended.
  if (recorded.snapshot === null || same(recorded.snapshot, now.snapshot)) return told
  const { recorded: before, now: after } = { recorded: plain(recorded.snapshot), now: plain(now.snapshot) }
  const path = firstUnlike(before, after)
  return [...told, { about: 'session', told: `its snapshot differs at ${path}`, recorded: before, now: after }]
}

function inTrace(recorded: readonly JsonObject[], now: readonly JsonObject[]): Difference[] {
  const length = Math.max(recorded.length, now.length)
  for (let at = 0; at < length; at++) {
    if (same(recorded[at], now[at])) continue
    const told = `event ${at + 1} of the trace is ${eventOf(now[at])}; recorded is ${eventOf(recorded[at])}`
    return [{ about: 'trace', told, recorded: plain(recorded[at]), now: plain(now[at]) }]
  }
  return []
}

const tellers: Record<string, (event: JsonObject) => string> = {
  transition: ({ from, to }) => `from ${shown(from ?? 'the start')} to ${shown(to)}`,
  effect: ({ name }) => `a call of ${shown(name)}`,
  decision: ({ chosen, node }) => `${shown(chosen ?? 'nothing')} chosen at ${shown(node)}`,
  write: ({ key, value }) => `${shown(key)} = ${shown(value)}`,
  reply: ({ text }) => `the reply ${JSON.stringify(text)}`,
}

function eventOf(event: JsonObject | undefined): string {
  if (!event) return 'nothing'
  const { kind, node } = event
  const tell = tellers[kind as string]
  return tell ? tell(event) : [kind, node].filter((part) => typeof part === 'string').join(' at ')
}

/** `scopes..order_id.value`: the first place where two snapshots part. */
function firstUnlike(a: Json | undefined, b: Json | undefined): string {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return ''
  const [left, right] = [a as JsonObject, b as JsonObject]
  const key = [...Object.keys(left), ...Object.keys(right)].find((one) => !same(left[one], right[one]))
  if (key === undefined) return ''
  const rest = firstUnlike(left[key], right[key])
  return rest === '' ? key : `${key}.${rest}`
}

const textsOf = (messages: readonly { text: string }[]): string =>
  messages.length === 0 ? 'nothing' : messages.map(({ text }) => JSON.stringify(text)).join(', ')

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : canonicalJson(plain(value))
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
