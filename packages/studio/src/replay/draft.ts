import { reasonOf, type ReleasedProcedure, type RecordedTurn, type TurnResult } from '@copse/contracts'
import { ringNext, setAlarm, type Alarm } from '../due.ts'
import { calling, cameOf, changesOf, isModel, recordedAs, type Change } from './changes.ts'
import { askedIn, createDraftJournal, type DraftJournal } from './draft-journal.ts'
import { isOfPeople, replayContact, turnHead, turnsOf } from './replay.ts'
import { createRerun, type Recorded, type Run } from './rerun.ts'
import { settle, type Standing } from './standing.ts'

/** What would have become of a recorded session with a draft of its procedure. */
export interface DraftedSession {
  sessionId: string
  status: 'same' | 'changes' | 'not_replayed'
  turns: DraftedTurn[]
  /** Why the draft was followed no further, or not at all. */
  stopped?: string
  notes: string[]
}

export interface DraftedTurn {
  turnId: string
  number: number
  customer: string
  changes: Change[]
}

/** A draft that nudges for ever is not followed. */
const maxRings = 100

/**
 * Every recorded session of the draft's procedure with the draft: the same messages at the same times, timers as the
 * draft sets them, effects off. What the outside said to the same operation with the same arguments it says again;
 * where that is not recorded, the session stops with the reason.
 */
export async function replayDraft(recorded: Recorded, draft: ReleasedProcedure): Promise<DraftedSession[]> {
  const { recording } = recorded
  const own = new Map(
    recording.sessions.filter(({ procedure }) => procedure.id === draft.id).map((one) => [one.id, one]),
  )
  const starts = new Map<string, Standing>()
  const replayed = await replayContact(recorded, ({ turn, before }) => {
    if (turn.sessionId !== null && own.has(turn.sessionId) && !starts.has(turn.sessionId))
      starts.set(turn.sessionId, structuredClone(before))
  })
  const drafted: DraftedSession[] = []
  for (const { sessionId, status, notes } of replayed.filter((one) => own.has(one.sessionId))) {
    const start = starts.get(sessionId)
    if (status === 'not_replayed' || !start) {
      drafted.push({ sessionId, status: 'not_replayed', turns: [], notes })
      continue
    }
    const more = status === 'differs' ? ['Run again on its own version it already differs from what is recorded.'] : []
    const followed = await follow(recorded, draft, sessionId, start)
    drafted.push({ ...followed, notes: [...notes, ...more, ...followed.notes] })
  }
  return drafted
}

async function follow(
  recorded: Recorded,
  draft: ReleasedProcedure,
  sessionId: string,
  standing: Standing,
): Promise<DraftedSession> {
  const all = turnsOf(recorded.recording).filter((turn) => turn.sessionId === sessionId)
  const journal = createDraftJournal(all)
  const rerun = createRerun(recorded, draft)
  const timers = new Map<string, Alarm>()
  const session: DraftedSession = { sessionId, status: 'same', turns: [], notes: [] }

  async function run(given: Omit<Run, 'standing' | 'journal'>): Promise<TurnResult> {
    const result = await rerun({ ...given, standing, journal })
    settle(standing, given.turn, recorded.recording.contact.id, result)
    for (const change of result.timers ?? []) {
      if (!('set' in change)) timers.delete(change.cancel)
      // A task is not this conversation.
      else if (change.set.sessionId !== undefined) setAlarm(timers, change.set, given.now ?? given.turn.now)
    }
    if (result.session && result.session.status !== 'waiting') timers.clear()
    return result
  }

  /** What of the draft rings until then. */
  async function ring(turn: RecordedTurn): Promise<TurnResult[]> {
    const rung: TurnResult[] = []
    for (let due = ringNext(timers, turn.now); due; due = ringNext(timers, turn.now)) {
      if (rung.length === maxRings) return rung
      const [said] = turn.events
      const event = {
        channel: said!.channel,
        messageId: `${due.key}@${due.dueAt}`,
        contact: said!.contact,
        ...due.event,
      }
      rung.push(await run({ turn, event, now: due.dueAt }))
    }
    return rung
  }

  for (const [at, turn] of all.entries()) {
    if (turn.state === 'dead' || isOfPeople(turn)) continue
    try {
      const isRing = turn.events[0]?.kind === 'timer'
      const results = [...(await ring(turn)), ...(isRing ? [] : [await run({ turn })])]
      if (journal.unknown) throw new Error('It asks for what is not recorded.')
      const now = standing.sessions.get(sessionId)
      if (!now)
        return {
          ...session,
          status: 'changes',
          stopped: 'The draft does not take the message that opened the session.',
        }
      const came = cameOf(results, journal.asked(), now.status)
      const changes = changesOf(recordedAs(turn), came)
      const told = journal.isReworded ? changes.filter(({ about }) => about !== 'words') : changes
      session.turns.push({ ...turnHead(turn, at + 1), changes: told })
      if (now.status !== 'waiting' && turn.status === 'waiting') {
        session.stopped = `The draft ends here as ${now.status}; recorded are ${all.length - at - 1} more turns.`
        break
      }
    } catch (error) {
      session.turns.push({ ...turnHead(turn, at + 1), changes: [] })
      session.stopped = stoppedBy(journal, all, error)
      break
    }
  }
  const now = standing.sessions.get(sessionId)
  if (session.stopped === undefined && now?.status === 'waiting' && all.at(-1)?.status !== 'waiting')
    session.stopped = `The recorded conversation is over; the draft still waits at ${now.step ?? 'its beginning'}.`
  if (journal.isReworded) session.notes.push('What the model would write is not known: words were not compared.')
  const isSame = session.stopped === undefined && session.turns.every(({ changes }) => changes.length === 0)
  return { ...session, status: isSame ? 'same' : 'changes' }
}

function stoppedBy({ unknown }: DraftJournal, all: readonly RecordedTurn[], error: unknown): string {
  if (!unknown) return `The draft does not come to rest: ${reasonOf(error)}`
  const recorded = all.flatMap(askedIn).find(({ name }) => name === unknown.name)
  const wish = isModel(unknown.name)
    ? `asks a model (${unknown.name.slice('model:'.length)}) for something else than recorded`
    : calling('would have called', unknown, recorded)
  return `The draft ${wish}. What would have come of it is not recorded: it can be followed no further.`
}
