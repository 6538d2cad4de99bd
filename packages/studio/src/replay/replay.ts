import {
  digest,
  reasonOf,
  type RecordedTurn,
  type Recording,
  type StoredSession,
  type TurnResult,
} from '@copse/contracts'
import { differencesAtRest, differencesOf, type Difference } from './differences.ts'
import { createRecordedJournal } from './journal.ts'
import { createRerun, type Recorded } from './rerun.ts'
import { beforeAll, giveUp, settle, type Standing } from './standing.ts'

/** A recorded session, run again on its own version. */
export interface ReplayedSession {
  sessionId: string
  procedure: StoredSession['procedure']
  status: 'identical' | 'differs' | 'not_replayed'
  /** Why not all of it was run or compared; a sentence each. */
  notes: string[]
  turns: ReplayedTurn[]
}

export interface ReplayedTurn {
  turnId: string
  /** In its session, from 1. */
  number: number
  customer: string
  differences: Difference[]
}

/** What a walk over the turns of a contact meets. `before` is how things stood; it is not changed. */
export interface Met {
  turn: RecordedTurn
  before: Standing
}

const systemChannel = '$system'

/** The turns that can be run: those of the contact, in order. */
export const turnsOf = ({ turns }: Recording): RecordedTurn[] =>
  turns.filter(({ events }) => events[0]?.channel !== systemChannel).map(readable)

/** Of a recording that was made readable, links are shortened: what was asked for is then what its trace tells. */
function readable(turn: RecordedTurn): RecordedTurn {
  const told = new Map((turn.trace ?? []).flatMap(({ kind, key, args }) => (kind === 'effect' ? [[key, args]] : [])))
  const outcomes = turn.outcomes.map((one) =>
    told.has(one.key) ? { ...one, argsHash: digest(told.get(one.key)) } : one,
  )
  return { ...turn, outcomes }
}

/**
 * Runs all that a contact said again through the real dialogue and engine, each turn from what came of the one before,
 * with the recorded outcomes of its effects; nothing is performed. `meet` sees each turn before it runs.
 */
export async function replayContact(
  recorded: Recorded,
  meet: (met: Met) => void = () => {},
): Promise<ReplayedSession[]> {
  const { recording } = recorded
  const rerun = createRerun(recorded)
  const standing = beforeAll(recording)
  const found = new Map<string, ReplayedSession>(recording.sessions.map((one) => [one.id, unrun(one)]))
  const pruned = new Set<string>()

  for (const turn of turnsOf(recording)) {
    if (turn.state === 'dead') {
      giveUp(standing, turn)
      note(found, turn, `A message was given up then (${turn.error ?? 'no reason is recorded'}): it is not run again.`)
      continue
    }
    if (turn.trace === undefined || turn.events.length === 0) {
      if (turn.sessionId !== null) pruned.add(turn.sessionId)
      takeOver(standing, recording, turn)
      continue
    }
    meet({ turn, before: standing })
    const replayed = await replayTurn(turn, standing, rerun)
    if (replayed.result) settle(standing, turn, recording.contact.id, replayed.result)
    const session = turn.sessionId === null ? undefined : found.get(turn.sessionId)
    session?.turns.push({ ...turnHead(turn, session.turns.length + 1), differences: replayed.differences })
  }

  for (const stored of recording.sessions) {
    const session = found.get(stored.id)!
    if (recording.isForgotten) session.notes.push('The customer asked to be forgotten: nothing is left to run.')
    else if (pruned.has(stored.id)) session.notes.push('Retention has taken a part of what was said.')
    else {
      if (stored.snapshot === null) session.notes.push('Retention has taken its snapshot: that was not compared.')
      session.turns.at(-1)?.differences.push(...differencesAtRest(stored, standing.sessions.get(stored.id)))
    }
    session.status = statusOf(session, recording.isForgotten || pruned.has(stored.id))
  }
  return [...found.values()]
}

/** A person had the conversation, or was waited for: no tree ran, and none does now. */
export const isOfPeople = ({ trace }: RecordedTurn): boolean =>
  ['held', 'handoff'].includes(trace?.[0]?.['kind'] as string)

interface Outcome {
  result?: TurnResult
  differences: Difference[]
}

async function replayTurn(
  turn: RecordedTurn,
  standing: Standing,
  rerun: ReturnType<typeof createRerun>,
): Promise<Outcome> {
  if (isOfPeople(turn)) return { differences: [] }
  const journal = createRecordedJournal(turn.outcomes)
  try {
    const result = await rerun({ turn, standing, journal })
    return { result, differences: differencesOf(turn, result, journal.mismatch()) }
  } catch (error) {
    const why = reasonOf(error)
    return { differences: [{ about: 'effects', told: journal.mismatch() ?? `it does not come to rest: ${why}` }] }
  }
}

/** What came of a turn that cannot be run is taken as it is stored: its session has ended since. */
function takeOver(standing: Standing, { sessions, contact }: Recording, { sessionId }: RecordedTurn): void {
  const stored = sessions.find(({ id }) => id === sessionId)
  if (stored) standing.sessions.set(stored.id, stored)
  standing.customerId = contact.customerId
  standing.memory = contact.memory ?? {}
}

const unrun = ({ id, procedure }: StoredSession): ReplayedSession => ({
  sessionId: id,
  procedure,
  status: 'not_replayed',
  notes: [],
  turns: [],
})

function note(found: Map<string, ReplayedSession>, { sessionId }: RecordedTurn, text: string): void {
  if (sessionId !== null) found.get(sessionId)?.notes.push(text)
}

function statusOf({ turns }: ReplayedSession, isGone: boolean): ReplayedSession['status'] {
  if (isGone || turns.length === 0) return 'not_replayed'
  return turns.every(({ differences }) => differences.length === 0) ? 'identical' : 'differs'
}

export const turnHead = (turn: RecordedTurn, number: number): Omit<ReplayedTurn, 'differences'> => ({
  turnId: turn.id,
  number,
  customer: turn.events.map(({ kind, text, payload }) => text ?? payload ?? `[${kind}]`).join(' '),
})
