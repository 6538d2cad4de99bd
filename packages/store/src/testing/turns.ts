import type { BegunTurn, InboundEvent, Store, TurnResult } from '@copse/contracts'

let messages = 0
let turns = 0

/** Appends a message of `alias` and begins the contact's next turn, which need not be the one of this message. */
export async function beginTurn(store: Store, alias: string, more: Partial<InboundEvent> = {}): Promise<BegunTurn> {
  const event: InboundEvent = {
    channel: 'web',
    messageId: `m${++messages}`,
    contact: { alias },
    kind: 'text',
    text: 'hi',
    ...more,
  }
  const [appended] = await store.append([event])
  return (await nextTurn(store, appended!.contactId))!
}

export const nextTurn = (store: Store, contactId: string): Promise<BegunTurn | undefined> =>
  store.beginTurn({ contactId, id: `t${++turns}`, now: turns * 1000, seed: `seed ${turns}` })

export const result = (more: Partial<TurnResult> = {}): TurnResult => ({
  messages: [],
  trace: [],
  handoffs: [],
  usage: [],
  ...more,
})

export const session = (id: string, more: Partial<NonNullable<TurnResult['session']>> = {}) => ({
  id,
  procedure: { id: 'refund', version: '1.0', treeHash: 'h1' },
  intent: 'refund',
  step: 'ask',
  status: 'waiting' as const,
  snapshot: { at: 'ask' },
  ...more,
})

export const commit = (store: Store, turn: BegunTurn, more: Partial<TurnResult> = {}) =>
  store.commitTurn({ turnId: turn.id, session: turn.session, result: result(more), entries: [] })

export const bury = (store: Store, turn: BegunTurn, faultSession = false) =>
  store.buryTurn({
    turnId: turn.id,
    session: turn.session,
    faultSession,
    error: 'boom',
    apology: { text: 'Sorry.' },
    handoff: { id: `handoff of ${turn.id}`, reason: 'r', summary: 's', data: {} },
  })
