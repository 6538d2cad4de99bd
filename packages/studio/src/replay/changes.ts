import {
  canonicalJson,
  type Json,
  type JsonObject,
  type OutboundMessage,
  type RecordedTurn,
  type TurnResult,
} from '@copse/contracts'
import { askedIn, isSameCall, type Asked } from './draft-journal.ts'

/** What a draft does otherwise than the recorded turn. */
export interface Change {
  about: 'steps' | 'effects' | 'words' | 'offers' | 'status'
  /** One sentence. */
  told: string
}

/** What came of a message: of one turn, or of several when the clock rang meanwhile. */
export interface Came {
  trace: readonly JsonObject[]
  text: string
  /** Titles of what can be tapped, and files. */
  offers: string
  asked: readonly Asked[]
  status: string
}

export function recordedAs(turn: RecordedTurn): Came {
  const { trace = [], messages, status } = turn
  return { trace, ...readIn(messages), asked: askedIn(turn), status }
}

export function cameOf(results: readonly TurnResult[], asked: readonly Asked[], status: string): Came {
  const trace = results.flatMap((one) => one.trace)
  return {
    trace,
    ...readIn(results.flatMap(({ messages }) => messages)),
    asked: asked.filter(({ name }) => trace.some((event) => event['kind'] === 'effect' && event['name'] === name)),
    status,
  }
}

const readIn = (messages: readonly OutboundMessage[]): Pick<Came, 'text' | 'offers'> => ({
  text: messages.map(({ text }) => text).join('\n'),
  offers: messages
    .flatMap(({ options = [], media }) => [...options.map(({ title }) => title), ...(media ? [media.link] : [])])
    .join(' | '),
})

/** In the order in which one notices: where it goes, what it does, what the customer reads, how it ends. */
export function changesOf(recorded: Came, draft: Came): Change[] {
  const [before, after] = [stepsIn(recorded.trace), stepsIn(draft.trace)]
  return [
    ...(canonicalJson(before) === canonicalJson(after)
      ? []
      : [told('steps', `goes ${pathOf(after)}; recorded is ${pathOf(before)}`)]),
    ...inEffects(recorded.asked, draft.asked),
    ...(recorded.text === draft.text
      ? []
      : [told('words', `says ${quoted(draft.text)}; recorded is ${quoted(recorded.text)}`)]),
    ...(recorded.offers === draft.offers
      ? []
      : [told('offers', `offers ${quoted(draft.offers)}; recorded is ${quoted(recorded.offers)}`)]),
    ...(recorded.status === draft.status
      ? []
      : [told('status', `is then ${draft.status}; recorded is ${recorded.status}`)]),
  ]
}

const told = (about: Change['about'], text: string): Change => ({ about, told: text })

/** Where it went in the turn. */
const stepsIn = (trace: readonly JsonObject[]): string[] =>
  trace.flatMap(({ kind, to }) =>
    kind === 'transition' && typeof to === 'string' ? [to === '$handoff' ? 'a person' : to] : [],
  )

const pathOf = (steps: readonly string[]): string => (steps.length === 0 ? 'nowhere' : `to ${steps.join(', ')}`)

/** That a model is asked otherwise shows in what comes of it. */
const operations = (all: readonly Asked[]): Asked[] => all.filter(({ name }) => !isModel(name))

function inEffects(recorded: readonly Asked[], draft: readonly Asked[]): Change[] {
  const before = [...operations(recorded)]
  const added: Asked[] = []
  for (const call of operations(draft)) {
    const at = before.findIndex((one) => isSameCall(one, call))
    if (at < 0) added.push(call)
    else before.splice(at, 1)
  }
  return [
    ...added.map((call) => told('effects', calling('calls', call, taken(before, call)))),
    ...before.map(({ name, args }) => told('effects', `no longer calls ${name}${withArgs(args)}`)),
  ]
}

function taken(from: Asked[], { name }: Asked): Asked | undefined {
  const at = from.findIndex((one) => one.name === name)
  return at < 0 ? undefined : from.splice(at, 1)[0]
}

export const isModel = (name: string): boolean => name.startsWith('model:')

/** `calls issue_refund with amount 79.99 (recorded 45)`: of a call that was otherwise, only what differs. */
export function calling(verb: string, { name, args }: Asked, recorded: Asked | undefined): string {
  if (!recorded?.args || !args) return `${verb} ${name}${withArgs(args)}`
  const params = [...new Set([...Object.keys(args), ...Object.keys(recorded.args)])]
  const unlike = params.filter((param) => canonicalJson(args[param]) !== canonicalJson(recorded.args![param]))
  const parts = unlike.map((param) => `${param} ${shown(args[param])} (recorded ${shown(recorded.args![param])})`)
  return `${verb} ${name} with ${parts.join(', ')}`
}

function withArgs(args: JsonObject | undefined): string {
  const parts = Object.entries(args ?? {}).map(([param, value]) => `${param} ${shown(value)}`)
  return parts.length === 0 ? '' : ` with ${parts.join(', ')}`
}

const shown = (value: Json | undefined): string =>
  value === undefined ? 'nothing' : cut(typeof value === 'string' ? value : canonicalJson(value), 60)
const quoted = (text: string): string => (text === '' ? 'nothing' : JSON.stringify(cut(text, 200)))
const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
