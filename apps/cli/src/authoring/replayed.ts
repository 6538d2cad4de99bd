import type { DraftedSession, ReplayedSession } from '@copse/studio'
import { bad, bold, dim, good } from '../show/table.ts'
import { many } from './colleague.ts'

/** Each session that is not as recorded, turn by turn; the others are only counted. */
export function replayedText(sessions: readonly ReplayedSession[]): string {
  const only = sessions.length === 1
  const told = sessions.flatMap((session) => (session.status === 'identical' && !only ? [] : [replayedOne(session)]))
  const count = (status: ReplayedSession['status']): number => sessions.filter((one) => one.status === status).length
  const [identical, differ, not] = [count('identical'), count('differs'), count('not_replayed')]
  const sum = [
    differ === 0
      ? good(`${identical} of ${sessions.length} identical`)
      : `${identical} of ${sessions.length} identical`,
    ...(differ === 0 ? [] : [bad(`${differ} differ${differ === 1 ? 's' : ''}`)]),
    ...(not === 0 ? [] : [`${not} not run`]),
  ].join('; ')
  const turns = sessions.flatMap((one) => one.turns).length
  return [...told, `${sum}${dim(`; ${many(turns, 'turn')}, nothing was performed`)}`].join('\n\n')
}

const verdicts = { identical: good('identical'), differs: bad('differs'), not_replayed: dim('not run') }

function replayedOne({ sessionId, procedure, status, notes, turns }: ReplayedSession): string {
  return [
    `${bold(`${procedure.id} ${procedure.version}`)}  ${verdicts[status]}  ${dim(sessionId)}`,
    ...notes.map((note) => `  ${note}`),
    ...turns.flatMap(({ number, customer, differences }) => [
      ...(differences.length === 0 ? [] : [`  ${bold(`turn ${number}`)} ${dim(`> ${oneLine(customer)}`)}`]),
      ...differences.map(({ told }) => `    ${told}`),
    ]),
  ].join('\n')
}

/** What a draft changes, session by session; and how often which turn of which kind. */
export function draftedText(sessions: readonly DraftedSession[], draft: { id: string; version: string }): string {
  const only = sessions.length === 1
  const told = sessions.flatMap((session) => (session.status === 'same' && !only ? [] : [draftedOne(session)]))
  const count = (status: DraftedSession['status']): number => sessions.filter((one) => one.status === status).length
  const [same, changes, not] = [count('same'), count('changes'), count('not_replayed')]
  const stopped = sessions.filter((one) => one.stopped !== undefined).length
  const sum = [
    `${same} of ${many(sessions.length, 'session')} the same with ${draft.id} ${draft.version}`,
    ...(changes === 0 ? [] : [bold(`${changes} change${changes === 1 ? 's' : ''}`)]),
    ...(stopped === 0 ? [] : [`${stopped} followed only so far`]),
    ...(not === 0 ? [] : [`${not} not run`]),
  ].join('; ')
  return [...told, `${sum}${dim('; nothing was performed')}`].join('\n\n')
}

const draftVerdicts = { same: good('the same'), changes: bold('changes'), not_replayed: dim('not run') }

function draftedOne({ sessionId, status, notes, turns, stopped }: DraftedSession): string {
  return [
    `${draftVerdicts[status]}  ${dim(sessionId)}`,
    ...notes.map((note) => `  ${note}`),
    ...turns.flatMap(({ number, customer, changes }) => [
      ...(changes.length === 0 ? [] : [`  ${bold(`turn ${number}`)} ${dim(`> ${oneLine(customer)}`)}`]),
      ...changes.map(({ told }) => `    the draft ${told}`),
    ]),
    ...(stopped === undefined ? [] : [`  ${stopped}`]),
  ].join('\n')
}

const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
