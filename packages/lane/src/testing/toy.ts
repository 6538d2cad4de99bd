import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import {
  digest,
  type EffectOutcome,
  type EffectRequest,
  type HandleTurn,
  type InboundEvent,
  type TimerFiring,
  type Turn,
  type TurnResult,
} from '@copse/contracts'

/** A text message of a customer, whose text is its id. */
export const message = (messageId: string, alias = 'ana', more: Partial<InboundEvent> = {}): InboundEvent => ({
  channel: 'web',
  messageId,
  contact: { alias },
  kind: 'text',
  text: messageId,
  ...more,
})

export const textOf = (turn: Turn): string => turn.events[0]?.text ?? ''

/** A turn that comes to this and nothing else. */
export const says = (text: string, more: Partial<TurnResult> = {}): TurnResult => ({
  messages: [{ text }],
  trace: [{ said: text }],
  handoffs: [],
  usage: [],
  ...more,
})

/** The session goes on and remembers every message that it had. */
export function remembers(turn: Turn): NonNullable<TurnResult['session']> {
  const heard = (turn.session?.snapshot ?? []) as string[]
  return {
    id: turn.session?.id ?? `session of ${turn.contact.id}`,
    procedure: { id: 'toy', version: '1', treeHash: 'hash' },
    intent: 'toy',
    step: 'listen',
    status: 'waiting',
    snapshot: [...heard, textOf(turn)],
  }
}

/** What a node of a tree would ask for. */
export function requestOf(turn: Turn, name: string, more: Partial<EffectRequest> = {}): EffectRequest {
  const at = { node: `toy/${name}`, visit: turn.session?.revision ?? 0, name }
  return { ...at, key: digest([turn.contact.id, at]), args: {}, policy: 'idempotent', ...more }
}

/** The outside: a file with a line for each thing done. A key that is known is not done again. */
export function doneIn(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
}

export function doOnce(file: string, key: string, what: string): EffectOutcome {
  const line = `${key} ${what}`
  if (!doneIn(file).includes(line)) appendFileSync(file, `${line}\n`)
  return { status: 'ok', data: { what } }
}

/** Reads something, pays once, and answers with what came of it. */
export function payingHandler(file: string, amountOf: (turn: Turn) => string = textOf): HandleTurn {
  return async (turn) => {
    const { journal } = turn
    const text = textOf(turn)
    await journal.effect(requestOf(turn, 'look', { args: { text }, policy: 'read' }), async () => ({
      status: 'ok',
      data: {},
    }))
    const paid = await journal.effect(requestOf(turn, 'pay', { args: { amount: amountOf(turn) } }), async (key) =>
      doOnce(file, key, text),
    )
    return says(`paid ${text}: ${paid.status}`, { session: remembers(turn) })
  }
}

/** Sets three timers for each message; each of them pays once and says so when it fires. */
export function ringingHandler(file: string): HandleTurn {
  return async (turn) => {
    const [event] = turn.events
    if (event?.kind !== 'timer') {
      const keys = ['a', 'b', 'c'].map((letter) => `${textOf(turn)}${letter}`)
      return says(`set ${textOf(turn)}`, { timers: keys.map((key) => ({ set: { key, when: { at: turn.now } } })) })
    }
    const { key } = event.data as unknown as TimerFiring
    await turn.journal.effect(requestOf(turn, key), async (idempotencyKey) => doOnce(file, idempotencyKey, key))
    return says(`rang ${key}`)
  }
}
