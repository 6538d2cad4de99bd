import type { Subscriber, TraceEvent } from '../run/events.ts'

/** How much is kept; beyond, the oldest goes. */
export interface TraceLimits {
  sessions?: number
  /** Per session. */
  turns?: number
  /** Per turn. */
  events?: number
}

export interface TurnTrace {
  /** Counted from 1 per session. */
  turn: number
  /** Oldest first. */
  events: readonly TraceEvent[]
  /** How many came before these and were not kept. */
  dropped: number
}

/** Traces in memory, bounded: for tests and tools. */
export interface TraceStore {
  /** Begins a turn's trace: for `TurnContext.subscribe`. */
  begin(sessionId: string): Subscriber
  /** The one that a turn was begun for last comes last. */
  sessions(): string[]
  turns(sessionId: string): TurnTrace[]
  /** All that is kept of a session, in one piece. */
  events(sessionId: string): TraceEvent[]
}

const LIMITS = { sessions: 100, turns: 50, events: 10_000 }

export function traceStore(limits: TraceLimits = {}): TraceStore {
  const { sessions: maxSessions, turns: maxTurns, events: maxEvents } = { ...LIMITS, ...limits }
  const kept = new Map<string, { begun: number; turns: Recording[] }>()
  const turnsOf = (sessionId: string) => kept.get(sessionId)?.turns.map((turn) => turn.read()) ?? []
  return {
    begin(sessionId) {
      const session = kept.get(sessionId) ?? { begun: 0, turns: [] }
      const recording = new Recording(++session.begun, maxEvents)
      session.turns = [...session.turns, recording].slice(-maxTurns)
      kept.delete(sessionId)
      kept.set(sessionId, session)
      if (kept.size > maxSessions) kept.delete(kept.keys().next().value!)
      return (event) => recording.add(event)
    },
    sessions: () => [...kept.keys()],
    turns: turnsOf,
    events: (sessionId) => turnsOf(sessionId).flatMap(({ events }) => events),
  }
}

/** The last events of a turn, in a ring. */
class Recording {
  readonly #turn: number
  readonly #limit: number
  readonly #ring: TraceEvent[] = []
  #heard = 0

  constructor(turn: number, limit: number) {
    this.#turn = turn
    this.#limit = limit
  }

  add(event: TraceEvent): void {
    this.#ring[this.#heard++ % this.#limit] = event
  }

  read(): TurnTrace {
    const dropped = this.#heard - this.#ring.length
    const oldest = dropped % this.#limit
    return {
      turn: this.#turn,
      events: [...this.#ring.slice(oldest), ...this.#ring.slice(0, oldest)],
      dropped,
    }
  }
}
