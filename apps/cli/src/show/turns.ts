import type { ContactView, InterventionView, TurnView } from '@copse/contracts'
import { doneByHand } from './by-hand.ts'
import { listed } from './listed.ts'
import { bold, dim } from './table.ts'
import { storyOf } from './why.ts'

/** Where a turn belongs, as one types it to go on. */
export const placeOf = ({ intent, sessionId, conversationId, channel }: TurnView): string =>
  sessionId === null
    ? `${bold('no session')}  ${dim(`on ${channel}, conversation ${conversationId}`)}`
    : `${bold(intent ?? '')}  ${dim(sessionId)}`

/** Everything with a contact, in order: turns of all sessions and of none, and what was done by hand between them. */
export function storyOfContact(
  conversations: readonly ContactView[],
  found: { turns: readonly TurnView[]; interventions: readonly InterventionView[] },
): string {
  const { rows, more } = listed(found.turns.toReversed())
  const turns = rows.toReversed()
  const told = turns.flatMap((turn, i) => {
    const before = turns[i - 1]
    const place = before && placeOf(before) === placeOf(turn) ? [] : [placeOf(turn)]
    // What was done before the first of those that are shown happened between turns that are not.
    const since = before?.now ?? (more.length === 0 ? -Infinity : turn.now)
    return [
      ...doneByHand(found.interventions, since, turn.now),
      [...place, storyOf(turn, undefined, before)].join('\n'),
    ]
  })
  told.push(...doneByHand(found.interventions, turns.at(-1)?.now ?? -Infinity, Infinity))
  return [headOf(conversations), ...told, ...more].join('\n\n')
}

const headOf = (conversations: readonly ContactView[]): string => {
  const [{ id, name, customerId } = { id: '' }] = conversations
  const who = [`contact ${id}`, name, customerId].filter((part) => part !== undefined).join('  ')
  const where = conversations.map(({ channel, conversationId }) => dim(`on ${channel}, conversation ${conversationId}`))
  return [bold(who), ...where].join('\n')
}
