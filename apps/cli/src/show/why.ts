import type { InboundEvent, Json, JsonObject } from '@copse/contracts'
import { bad, bold, dim, good } from './table.ts'
import { moment, span } from './moments.ts'

export interface Told {
  turnId: string
  attempts: number
  now: number
  /** Absent: it is under way. */
  committedAt?: number
  /** Why it died. */
  error?: string
  events: InboundEvent[]
  trace: JsonObject[]
}

/**
 * One turn as a story: what came in, what was decided and by which values, what was done, what was said. `number` is its
 * place in the session that is told.
 */
export function storyOf(turn: Told, number?: number, before?: Pick<Told, 'now'>): string {
  const tries = turn.attempts > 1 ? bad(`  try ${turn.attempts}`) : ''
  const took = turn.committedAt === undefined ? 'under way' : `took ${span(turn.committedAt - turn.now)}`
  const later = before ? `  ${span(turn.now - before.now)} later` : ''
  const name = number === undefined ? 'turn' : `turn ${number}`
  const title = `${bold(name)}  ${dim(`${moment(turn.now)} UTC${later}  ${took}  ${turn.turnId}`)}${tries}`
  const heard = turn.events.map((event) => `  ${dim('in')}    ${heardOf(event)}`)
  // A failure goes up through all that is around it, in the same words.
  const lines = turn.trace.flatMap((event, i) => (repeats(event, turn.trace[i - 1]) ? [] : linesOf(event)))
  const died = turn.error === undefined ? [] : [`  ${bad(`died  ${turn.error}`)}  ${dim('copse dead-letters')}`]
  return [title, ...heard, ...died, ...lines.map((line) => `  ${line}`)].join('\n')
}

const repeats = (event: JsonObject, before: JsonObject | undefined): boolean =>
  event['status'] === 'failure' &&
  before?.['status'] === 'failure' &&
  event['code'] === before['code'] &&
  event['reason'] === before['reason']

function heardOf(event: InboundEvent): string {
  const { kind, text, payload, media } = event
  if (kind === 'payload') return `tapped ${quoted(payload ?? '')}${text === undefined ? '' : ` ${dim(text)}`}`
  if (kind === 'text') return quoted(text ?? '')
  if (kind === 'timer') return `timer ${rangOf(event)}`
  return `${kind}${media === undefined ? '' : ` ${media.type}`}${text === undefined ? '' : ` ${quoted(text)}`}`
}

/** The session has one timer; others have a name of their own. */
function rangOf({ data }: InboundEvent): string {
  const { key, lateMs } = data ?? {}
  const name = textOf(key ?? '').startsWith('session:') ? 'of the session' : textOf(key ?? '')
  return `${name}${typeof lateMs === 'number' && lateMs >= 1_000 ? ` ${bad(`${span(lateMs)} late`)}` : ''}`
}

/** What is worth reading; entering and settling is not, unless something went wrong. */
function linesOf(event: JsonObject): string[] {
  const node = last(event['node'])
  switch (textOf(event['kind'])) {
    case 'route':
      return [
        `${dim('route')} ${bold(textOf(event['chosen'] ?? 'none'))} ${dim(`by ${textOf(event['by'] ?? event['why'])}`)}`,
      ]
    case 'transition':
      return [
        `${dim('go')}    ${textOf(event['to'])} ${dim(`from ${textOf(event['from'] ?? 'the start')}, exit ${textOf(event['exit'])}`)}`,
      ]
    case 'decision':
      return [
        `${dim('chose')} ${bold(textOf(event['chosen'] ?? 'nothing'))} ${dim(`at ${node}, ${textOf(event['about'])}`)}`,
        ...reasons(event['why']).map((line) => `      ${line}`),
      ]
    case 'effect':
      return [
        `${dim('did')}   ${bold(textOf(event['name']))} ${pairs(event['args'])} ${dim('→')} ${outcomeOf(event['outcome'])}`,
      ]
    case 'write':
      return textOf(event['key']).startsWith('_')
        ? []
        : [`${dim('knows')} ${textOf(event['key'])} = ${knownOf(event['value'])} ${dim(`from ${textOf(event['by'])}`)}`]
    case 'unconfirm':
      return [`${dim('doubts')} ${valueOf('keys', event['keys'])}`]
    case 'settle':
      return event['status'] === 'failure'
        ? [`${dim('no')}    ${node} ${dim(`${textOf(event['code'])}: ${textOf(event['reason'])}`)}`]
        : []
    case 'wait':
      return [`${dim('waits')} ${node} ${dim(waitOf(event['wait']))}`]
    case 'held':
      return [`${dim('held')}  ${bad('a person has the conversation:')} it is kept for them, and no step ran`]
    case 'unchanged':
      return [`${dim('rests')} nothing was to be done ${dim(textOf(event['why']))}`]
    case 'handoff':
      return [`${dim('asks')}  a person: ${textOf(event['what'])} ${dim(textOf(event['state']))}`]
    case 'consent':
      return [`${dim('keeps')} consent ${textOf(event['consent'])}`]
    case 'unread':
      return [`${dim('skips')} ${textOf(event['what'])} ${dim('nobody reads these')}`]
    case 'halt':
      return [`${dim('halts')} ${node} ${dim(textOf(event['reason']))}`]
    case 'fault':
      return [bad(`fault ${textOf(event['code'])} at ${node}: ${textOf(event['reason'])}`)]
    case 'reply':
      return [`${dim('said')}  ${quoted(textOf(event['text'] ?? ''))}`]
    default:
      return []
  }
}

/** Each part of a condition with its value, indented as it was written. */
function reasons(why: Json | undefined, depth = 0): string[] {
  if (Array.isArray(why)) return why.flatMap((one) => reasons(one, depth))
  if (why === null || typeof why !== 'object') return why === undefined ? [] : [textOf(why)]
  const { text, value, field, actual, of } = why
  if (typeof text !== 'string') return why['because'] === undefined ? [pairs(why)] : reasons(why['because'], depth)
  const verdict = value === true ? good('true') : value === false ? bad('false') : dim('unknown')
  const found = typeof field === 'string' ? dim(`  ${field} is ${actual === null ? 'missing' : textOf(actual)}`) : ''
  return [`${'  '.repeat(depth)}${text}  ${verdict}${found}`, ...reasons(of, depth + 1)]
}

function outcomeOf(outcome: Json | undefined): string {
  const { status, code, reason, repeated } = (outcome ?? {}) as JsonObject
  if (status === 'ok') return good(repeated === true ? 'was done before' : 'done')
  const verdict = bad(`${textOf(status)}${code === undefined ? '' : ` ${textOf(code)}`}`)
  return reason === undefined ? verdict : `${verdict} ${dim(textOf(reason))}`
}

function waitOf(wait: Json | undefined): string {
  const { kind, key, at } = (wait ?? {}) as JsonObject
  return [kind, key, typeof at === 'number' ? `until ${moment(at)}` : undefined].filter(Boolean).map(textOf).join(' ')
}

const last = (node: Json | undefined): string =>
  textOf(node ?? '')
    .split('/')
    .at(-1)!
const quoted = (text: string): string => JSON.stringify(cut(text, 300))
/** All of it is in `--json`. */
const cut = (text: string, length = 100): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** Of what an operation answered, as much as one can take in. */
const knownOf = (value: Json | undefined): string => cut(pairs(value), 110)

/** `order_id ORD-1, reason late`: easier to read than JSON. */
function pairs(json: Json | undefined): string {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return cut(textOf(json))
  return Object.entries(json)
    .map(([key, value]) => `${key} ${valueOf(key, value)}`)
    .join(', ')
}

function valueOf(key: string, value: Json | undefined): string {
  if (typeof value === 'number' && key.endsWith('Ms')) return span(value)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => cut(textOf(one))).join(' ')
  return cut(textOf(value))
}

const textOf = (json: Json | undefined): string => (typeof json === 'string' ? json : JSON.stringify(json ?? null))
