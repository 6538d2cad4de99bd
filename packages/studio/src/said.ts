import type { EffectOutcome, JsonObject, OutboundMessage, StoredSession, TurnResult } from '@copse/contracts'
import type { Cell, Snapshot } from '@copse/engine'
import type { Alarm } from './due.ts'
import type { Performed } from './memory-journal.ts'

/** What a turn leaves for the next one. */
export interface AtRest {
  session?: StoredSession
  conversation: JsonObject
  customerId?: string
  memory?: JsonObject
  /** Of a conversation in memory: how late it is, how many turns it had, what will ring, and what was done. */
  underWay?: {
    waitedMs: number
    turns: number
    timers: Alarm[]
    done: [string, EffectOutcome][]
    /** The customer wants to hear nothing that comes by itself. */
    optedOut: boolean
  }
}

/** What came of a turn, as a customer and an author see it. */
export interface Said {
  reply: string
  /** Titles of what may be tapped, and what a tap sends. */
  options: { id: string; title: string }[]
  step: string | null
  status: StoredSession['status'] | 'none'
  intent: string | null
  trace: TurnResult['trace']
  /** Effects of this turn, in order. */
  performed: Performed[]
  handoffs: TurnResult['handoffs']
  atRest: AtRest
}

/** What a turn came to, as the customer hears it. */
export function saidIn(result: TurnResult, after: StoredSession | undefined): Omit<Said, 'performed' | 'atRest'> {
  // A session that a turn leaves alone is where it was.
  const session = result.session ?? (after?.status === 'waiting' ? after : undefined)
  return {
    reply: result.messages.map((message) => message.text).join('\n'),
    options: result.messages
      .flatMap((message: OutboundMessage) => message.options ?? [])
      .map(({ id, title }) => ({ id, title })),
    step: session?.step ?? null,
    status: session?.status ?? 'none',
    intent: session?.intent ?? null,
    trace: result.trace,
    handoffs: result.handoffs,
  }
}

/** Everything that rang while nobody spoke, as one; with nothing due, how it stands. */
export function together(heard: Said[], session: StoredSession | undefined, atRest: AtRest): Said {
  const last = heard.at(-1)
  return {
    reply: heard
      .map(({ reply }) => reply)
      .filter(Boolean)
      .join('\n'),
    options: last?.options ?? [],
    step: session?.step ?? null,
    status: session?.status ?? 'none',
    intent: session?.intent ?? null,
    trace: heard.flatMap(({ trace }) => trace),
    performed: heard.flatMap(({ performed }) => performed),
    handoffs: heard.flatMap(({ handoffs }) => handoffs),
    atRest,
  }
}

/** What a session knows, without what Copse keeps for itself. */
export function knownAt({ session }: AtRest): Record<string, Cell> {
  const cells = (session?.snapshot as Snapshot | undefined)?.scopes[''] ?? {}
  return Object.fromEntries(Object.entries(cells).filter(([key]) => !key.startsWith('_')))
}
