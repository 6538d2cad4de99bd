import type {
  Handoff,
  InboundEvent,
  Knowledge,
  LeafConfig,
  Links,
  Media,
  Memory,
  OperationManifest,
  Option,
  OutboundMedia,
  StoredSession,
  TenantProfile,
  TimerChange,
  Turn,
  Usage,
} from '@copse/contracts'
import type { Claim, LlmProvider, WritePart } from '@copse/llm'
import { dateAt, dayOf, nextOpen, type OpeningHours } from '@copse/time'
import type { Operations } from './operations.ts'
import type { PathTaken } from './path.ts'
import type { Customs, Recognised } from './understand/globals.ts'

/** What the customer sent this turn. Each collecting leaf reads it at most once, so that a loop asks instead of spinning. */
export interface Input {
  type: NonNullable<LeafConfig<'listen'>['transitions'][number]['types']>[number]
  text: string
  payload: string | undefined
  media: Media | undefined
  /** True for the message that opened the session. */
  opening: boolean
  readBy: Set<string>
  /** A word that lets us write again, and nothing else. */
  returns: boolean
  /** What collecting leaves took of the words. Another field does not take it too. */
  claims: Claim[]
  /** Who is mentioned in it was taken as part of an answer, and is not called. */
  isAbout?: true
  /** It corrected what was said before: nobody else reads it. */
  isSpent?: true
}

/**
 * One turn as the leaves see it: what came in, whom we talk to, and what was said so far. It lives for the turn only;
 * whatever must outlive it is on the blackboard.
 */
export interface TurnScope {
  language: string
  /** The tenant's local date, ISO. */
  today: string
  /** Which day it is there at a moment, for conditions. */
  dayOf: (instantMs: number) => number
  /** The clock of the turn, in ms. */
  now: number
  /** The instant itself when the tenant is open then, else when it opens next. Undefined: it does not. */
  openFrom: (instantMs: number) => number | undefined
  profile: TenantProfile
  input: Input | undefined
  contact: Turn['contact']
  customerId: string | undefined
  /** Where the customer is answered. */
  address: { channel: string; alias: string }
  /** Both undefined until one runs. */
  sessionId: string | undefined
  procedure: StoredSession['procedure'] | undefined
  /**
   * Why the identity operation could not be reached this turn, in words: a call that needs the customer is unavailable
   * then, not refused.
   */
  identityUnavailable: string | undefined
  operations: Operations
  model: LlmProvider
  /** Mints addresses that answer a wait once. */
  links: Links | undefined
  /** Model calls made this turn, by purpose: at most one each. */
  asked: Set<string>
  /** A choice among several matches was made this turn; it counts as the reply at the pause. */
  chosen: boolean
  /** What the tenant has written down for questions. Undefined: nothing. */
  knowledge: Knowledge | undefined
  /** What the customer said beside the answer that was waited for; the wait stays as it was. */
  global: Global | undefined
  /** What the author says about what customers can always say. */
  customs: Customs
  /** The way of the session, where its tree knows what depends on what. */
  path: PathTaken | undefined
  /** What was said last, to be said again. */
  told: Told | undefined
  /** Id of the step that spoke or waits last. */
  step: string | null
  said: WritePart[]
  /** Files that go before the words. */
  media: OutboundMedia[]
  /** How much quiet ends the next reply, when the step that waits says so. */
  quietMs: number | undefined
  /** Options offered with the reply. */
  options: Option[]
  handoffs: Handoff[]
  /** To be remembered of the contact. */
  memories: Memory[]
  /** Of tasks, set and cancelled. */
  timers: TimerChange[]
  usage: Usage[]
}

/** `told`: what is asked about a correction. */
export type Global =
  | (Omit<Recognised, 'what'> & { what: Recognised['what'] | 'question' })
  | { what: 'correction'; told: Told }

/** A reply as the customer read it. */
export interface Told {
  text: string
  options: Option[]
  /** Those whose messages ask this, in these words. */
  turns?: string[]
}

export function openScope(given: {
  event: InboundEvent
  opening: boolean
  profile: TenantProfile
  hours?: OpeningHours | undefined
  now: number
  contact: Turn['contact']
  /** Kinds of message beside words that the session waits for. */
  awaited: readonly string[]
  operations: Operations
  model: LlmProvider
  links?: Links | undefined
  knowledge?: Knowledge | undefined
}): TurnScope {
  const { event, profile, hours } = given
  const awaited = ['text', 'payload', ...given.awaited]
  // The words under a picture are the customer's like any.
  const captioned = event.kind === 'media' && event.text !== undefined
  return {
    language: languageOf(event.language, profile),
    today: dateAt(profile.timeZone, given.now),
    dayOf: dayOf(profile.timeZone),
    now: given.now,
    openFrom: (instant) => (hours ? nextOpen(hours, profile.timeZone, instant) : instant),
    profile,
    input: captioned || awaited.includes(event.kind) ? inputOf(event, given.opening) : undefined,
    contact: given.contact,
    customerId: given.contact.customerId,
    address: { channel: event.channel, alias: event.contact.alias },
    sessionId: undefined,
    procedure: undefined,
    identityUnavailable: undefined,
    operations: given.operations,
    model: given.model,
    links: given.links,
    asked: new Set(),
    chosen: false,
    knowledge: given.knowledge,
    global: undefined,
    customs: {},
    path: undefined,
    told: undefined,
    step: null,
    said: [],
    media: [],
    quietMs: undefined,
    options: [],
    handoffs: [],
    memories: [],
    timers: [],
    usage: [],
  }
}

function inputOf(event: InboundEvent, opening: boolean): Input {
  const { kind, text, payload, media } = event
  const type = kind === 'media' || kind === 'location' || kind === 'form' || kind === 'payload' ? kind : 'text'
  const returns = event.consent === 'in'
  return { type, text: text?.trim() ?? '', payload, media, opening, returns, readBy: new Set(), claims: [] }
}

/** What is wanted, if the tenant speaks it; else the tenant's first. */
export function languageOf(wanted: string | undefined, profile: TenantProfile): string {
  const known = profile.languages.find(
    (language) => language === wanted || language.split('-')[0] === wanted?.split('-')[0],
  )
  return known ?? profile.languages[0] ?? 'en'
}

/** What is there for `es-MX`, else for `es`. */
const inLanguage = <Said>(said: Readonly<Record<string, Said>>, language: string): Said | undefined =>
  said[language] ?? said[language.split('-')[0] ?? '']

/** An option's title in this language. */
export function titleFor(
  option: { title: string; titles?: Record<string, string> | undefined },
  { language }: TurnScope,
): string {
  return inLanguage(option.titles ?? {}, language) ?? option.title
}

/** The text for this language, else the tenant's first, else any. */
export function textFor(texts: Record<string, string> | undefined, scope: TurnScope): string | undefined {
  if (!texts) return undefined
  return inLanguage(texts, scope.language) ?? texts[scope.profile.languages[0] ?? 'en'] ?? Object.values(texts)[0]
}

export function summaryFor(operation: OperationManifest, scope: TurnScope): OperationManifest['summary'][string] {
  const { summary } = operation
  return inLanguage(summary, scope.language) ?? summary['en'] ?? Object.values(summary)[0] ?? {}
}
