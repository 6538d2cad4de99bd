import { setTimeout as sleep } from 'node:timers/promises'
import type { HandleTurn, Json, SessionStatus } from '@copse/contracts'

/**
 * A conversation partner without a tree, for tests of what is around it: echoes, counts its turns, ends on "bye",
 * takes its time on "slow", offers two options on "options" and hands off on "person".
 */
export function createToy(options: { slowMs: number }): { handle: HandleTurn; turns(): number } {
  let turns = 0
  return {
    turns: () => turns,
    async handle(turn) {
      turns += 1
      const [event] = turn.events
      const said = event?.text ?? event?.payload ?? ''
      if (said === 'slow') await sleep(options.slowMs)
      const handoff = { id: turn.id, reason: 'Asked for a person.', summary: 'About a toy.', data: {} }
      if (said === 'nothing' || said === 'nobody') {
        return {
          messages: [{ text: 'Which procedure?' }],
          trace: [],
          handoffs: said === 'nobody' ? [handoff] : [],
          usage: [],
        }
      }
      const open = turn.session && !event?.fresh ? turn.session : undefined
      const ended = open !== undefined && open.status !== 'waiting'
      const status: SessionStatus = ended || said === 'bye' ? 'completed' : said === 'person' ? 'escalated' : 'waiting'
      const count = ended ? counted(open.snapshot) : counted(open?.snapshot) + 1
      const text = ended ? 'This conversation is closed.' : `${count}: ${said}`
      return {
        session: {
          id: open?.id ?? `session-${turn.id}`,
          procedure: { id: 'toy', version: '1', treeHash: 'toy' },
          intent: 'toy',
          step: status === 'waiting' ? 'talk' : null,
          status,
          snapshot: snapshotOf(count, said),
        },
        messages: [{ text, ...(said === 'options' ? { options: yesNo } : {}) }],
        trace: [
          { seq: 0, node: 'toy', visit: 1, kind: 'enter', op: 'stages' },
          {
            seq: 1,
            node: 'toy',
            visit: 1,
            kind: 'decision',
            about: 'branch',
            chosen: 'talk',
            why: [{ text: 'said exists', value: true, field: 'said', actual: said }],
          },
        ],
        handoffs: status === 'escalated' ? [handoff] : [],
        usage: [],
      }
    },
  }
}

const yesNo = [
  { id: 'yes', title: 'Yes' },
  { id: 'no', title: 'No' },
]

const counted = (snapshot: Json | undefined): number => (snapshot as { count?: number } | undefined)?.count ?? 0

/** In the engine's shape, so that whatever reads sessions for people can read these. */
const snapshotOf = (count: number, said: string): Json => ({
  v: 1,
  count,
  status: 'running',
  nodes: { toy: { status: 3, visit: 1 } },
  waits: [],
  scopes: { '': { said: { value: said, by: 'customer' }, _hidden: { value: 1, by: 'system' } } },
})
