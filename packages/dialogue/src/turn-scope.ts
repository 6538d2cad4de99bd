import type { Handoff, InboundEvent, Links, OperationManifest, Option, TenantProfile, Usage } from '@copse/contracts'
import type { LlmProvider, WritePart } from '@copse/llm'
import { civilAt, dayOf } from '@copse/time'
import type { Operations } from './operations.ts'

/** What the customer sent this turn. Each collecting leaf reads it at most once, so that a loop asks instead of spinning. */
export interface Input {
  text: string
  payload: string | undefined
  /** True for the message that opened the session. */
  opening: boolean
  readBy: Set<string>
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
  profile: TenantProfile
  input: Input | undefined
  customerId: string | undefined
  /** The identity operation could not be reached this turn: a call that needs the customer is unavailable, not refused. */
  identityUnavailable: boolean
  operations: Operations
  model: LlmProvider
  /** Mints addresses that answer a wait once. */
  links: Links | undefined
  /** Model calls made this turn, by purpose: at most one each. */
  asked: Set<string>
  /** A choice among several matches was made this turn; it counts as the reply at the pause. */
  chosen: boolean
  /** Id of the step that spoke or waits last. */
  step: string | null
  said: WritePart[]
  /** How much quiet ends the next reply, when the step that waits says so. */
  quietMs: number | undefined
  /** Options offered with the reply. */
  options: Option[]
  handoffs: Handoff[]
  usage: Usage[]
}

export function openScope(given: {
  event: InboundEvent
  opening: boolean
  profile: TenantProfile
  now: number
  customerId: string | undefined
  operations: Operations
  model: LlmProvider
  links?: Links | undefined
}): TurnScope {
  const { event, profile } = given
  // The words under a picture are the customer's like any.
  const captioned = event.kind === 'media' && event.text !== undefined
  const spoken = event.kind === 'text' || event.kind === 'payload' || captioned
  return {
    language: languageOf(event.language, profile),
    today: civilAt(profile.timeZone, given.now).toPlainDate().toString(),
    dayOf: dayOf(profile.timeZone),
    profile,
    input: spoken
      ? { text: event.text?.trim() ?? '', payload: event.payload, opening: given.opening, readBy: new Set() }
      : undefined,
    customerId: given.customerId,
    identityUnavailable: false,
    operations: given.operations,
    model: given.model,
    links: given.links,
    asked: new Set(),
    chosen: false,
    step: null,
    said: [],
    quietMs: undefined,
    options: [],
    handoffs: [],
    usage: [],
  }
}

function languageOf(wanted: string | undefined, profile: TenantProfile): string {
  const known = profile.languages.find(
    (language) => language === wanted || language.split('-')[0] === wanted?.split('-')[0],
  )
  return known ?? profile.languages[0] ?? 'en'
}

/** An option's title in this language. */
export function titleFor(
  option: { title: string; titles?: Record<string, string> | undefined },
  { language }: TurnScope,
): string {
  return option.titles?.[language] ?? option.titles?.[language.split('-')[0] ?? ''] ?? option.title
}

/** The text for this language, else the tenant's first, else any. */
export function textFor(texts: Record<string, string> | undefined, scope: TurnScope): string | undefined {
  if (!texts) return undefined
  return (
    texts[scope.language] ??
    texts[scope.language.split('-')[0] ?? ''] ??
    texts[scope.profile.languages[0] ?? 'en'] ??
    Object.values(texts)[0]
  )
}

export function summaryFor(operation: OperationManifest, scope: TurnScope): OperationManifest['summary'][string] {
  const { summary } = operation
  return (
    summary[scope.language] ??
    summary[scope.language.split('-')[0] ?? ''] ??
    summary['en'] ??
    Object.values(summary)[0] ??
    {}
  )
}
