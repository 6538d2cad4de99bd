import { Fault } from '@copse/contracts'
import type {
  ContactView,
  EffectView,
  HandoffView,
  InterventionView,
  SessionView,
  TimerView,
  TracedTurn,
  TurnView,
} from '@copse/contracts'
import type { Command, Shown } from '../command.ts'
import { contactQuery, theOne, wantedContact, type WantedContact } from '../contact.ts'
import { countOf } from '../count.ts'
import { doneByHand } from '../show/by-hand.ts'
import { enough } from '../show/listed.ts'
import { stillOpen } from '../show/open.ts'
import { bad, bold, dim, good } from '../show/table.ts'
import { storyOfContact } from '../show/turns.ts'
import { storyOf } from '../show/why.ts'
import { Refused, type Tenant } from '../tenant.ts'

interface Session {
  session: SessionView
  turns: TracedTurn[]
  interventions: InterventionView[]
}

export const why: Command = {
  name: 'why',
  usage: '<session> [--turn n] | <contact or conversation> | --user id [--channel name]',
  does: 'How a session, or all with a customer, came to where it is.',
  more: 'Every decision with the values that made it. Of a contact also turns without a session.',
  words: { min: 0, max: 1 },
  options: { turn: { type: 'string' }, user: { type: 'string' }, channel: { type: 'string' } },
  async run({ tenant, words: [id], options, now }) {
    const wanted = wantedContact(id, options)
    if (!wanted) throw new Fault('config_invalid', { detail: 'Say which: a session, a contact, or --user.' })
    const asked = await tenant('read')
    const found = 'id' in wanted ? await sessionOf(asked, wanted.id) : undefined
    if (found) return whySession(asked, found, options['turn'], now())
    if (options['turn'] !== undefined) throw new Fault('config_invalid', { detail: '--turn is of a session.' })
    return whyContact(asked, wanted)
  },
}

/** Undefined: there is no such session. */
const sessionOf = (asked: Tenant, id: string): Promise<Session | undefined> =>
  asked.get<Session>(`/api/bt/trace/${encodeURIComponent(id)}`).catch((error: unknown) => {
    if (error instanceof Refused && error.status === 404) return undefined
    throw error
  })

async function whySession(asked: Tenant, found: Session, turn: unknown, now: number): Promise<Shown> {
  const { session, turns } = found
  // They stand where they happened; beside one turn alone they would say nothing.
  const byHand = turn === undefined ? found.interventions : []
  const wanted = countOf('--turn', turn)
  if (wanted !== undefined && turns[wanted - 1] === undefined) {
    throw new Fault('not_found', { detail: `The session has turns 1 to ${turns.length}.` })
  }
  const told = turns.flatMap((each, index) => {
    if (wanted !== undefined && wanted !== index + 1) return []
    const before = turns[index - 1]
    return [...doneByHand(byHand, before?.now ?? -Infinity, each.now), storyOf(each, index + 1, before)]
  })
  told.push(...doneByHand(byHand, turns.at(-1)?.now ?? -Infinity, Infinity))
  const query = `session_id=${encodeURIComponent(session.id)}`
  const [timers, effects, handoffs, after] = await Promise.all([
    asked.get<{ timers: TimerView[] }>(`/api/timers?${query}`),
    asked.get<{ effects: EffectView[] }>(`/api/effects?${query}&state=uncertain`),
    asked.get<{ handoffs: HandoffView[] }>(`/api/handoffs?${query}`),
    turn === undefined ? afterwards(asked, found) : [],
  ])
  const open = stillOpen({ ...timers, ...effects, ...handoffs }, now)
  const { id, intent, status, step, procedure } = session
  const head = `${bold(intent)} ${procedure.version}  ${coloured(status)}${step === null ? '' : ` at ${step}`}  ${dim(id)}`
  return {
    text: [head, ...told, ...after, ...(open.length === 0 ? [] : [open.join('\n')])].join('\n\n'),
    data: wanted === undefined ? found : { session, turns: [turns[wanted - 1]] },
  }
}

/** What came after the session's last turn, before another session began: it belongs to none, so one has to be told. */
async function afterwards(asked: Tenant, { session, turns }: Session): Promise<string[]> {
  const last = turns.at(-1)
  if (!last) return []
  const { conversationId } = session
  const query = new URLSearchParams({ conversation_id: conversationId, after: String(last.number) })
  const { turns: later } = await asked.get<{ turns: TurnView[] }>(`/api/turns?${query.toString()}`)
  const next = later.findIndex(({ sessionId }) => sessionId !== null)
  const count = next === -1 ? later.length : next
  if (count === 0) return []
  const turnsOf = count === 1 ? '1 turn' : `${count} turns`
  return [`${bold(`${turnsOf} without a session followed`)}  ${dim(`copse why ${conversationId}`)}`]
}

async function whyContact(asked: Tenant, wanted: WantedContact): Promise<Shown> {
  const { contacts } = await asked.get<{ contacts: ContactView[] }>(`/api/contacts?${contactQuery(wanted)}`)
  const { id, conversationId } = theOne(contacts, wanted, 'session, contact or conversation')
  const isConversation = 'id' in wanted && wanted.id === conversationId
  const query = new URLSearchParams({ contact_id: id, limit: enough() })
  if (isConversation) query.set('conversation_id', conversationId)
  const told = await asked.get<{ turns: TurnView[]; interventions: InterventionView[] }>(
    `/api/turns?${query.toString()}`,
  )
  return { text: storyOfContact(contacts, told), data: { contacts, ...told } }
}

const coloured = (status: string): string =>
  status === 'completed' ? good(status) : status === 'waiting' ? status : bad(status)
