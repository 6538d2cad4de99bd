import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import {
  digest,
  type EffectOutcome,
  type HandleTurn,
  type InboundEvent,
  type Turn,
  type TurnResult,
} from '@copse/contracts'

/** A text message of a customer, identified by `messageId`. */
export const message = (messageId: string, alias = 'ana', more: Partial<InboundEvent> = {}): InboundEvent => ({
  channel: 'web',
  messageId,
  contact: { alias },
  kind: 'text',
  text: messageId,
  ...more,
})

/** A turn that comes to this and nothing else. */
export const says = (text: string, more: Partial<TurnResult> = {}): TurnResult => ({
  messages: [{ text }],
  trace: [{ said: text }],
  handoffs: [],
  usage: [],
  ...more,
})

/** The session goes on and remembers every message it had. */
export function remembers(turn: Turn): NonNullable<TurnResult['session']> {
  const heard = (turn.session?.snapshot ?? []) as string[]
  return {
    id: turn.session?.id ?? `session of ${turn.contact.id}`,
    procedure: { id: 'toy', version: '1', treeHash: 'hash' },
    intent: 'toy',
    step: 'listen',
    status: 'waiting',
    snapshot: [...heard, turn.events[0]!.text ?? ''],
  }
}

/** The outside: a file with a line for each call, in which a key that is known is not done again. */
export function openLedgerOfTheOutside(file: string) {
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])
  return {
    perform(key: string, what: string): EffectOutcome {
      const known = lines().includes(`${key} ${what}`)
      if (!known) appendFileSync(file, `${key} ${what}\n`)
      return { status: 'ok', data: { what } }
    },
    done: lines,
  }
}

/** Reads something, does one idempotent write, and answers with what it did. */
export function toyHandler(
  file: string,
  amountFor: (turn: Turn) => string = (turn) => turn.events[0]!.text!,
): HandleTurn {
  const outside = openLedgerOfTheOutside(file)
  return async (turn) => {
    const text = turn.events[0]!.text!
    const at = { node: 'toy/pay', visit: turn.session?.revision ?? 0 }
    const effectKey = (name: string) => digest([turn.contact.id, at.node, at.visit, name])
    await turn.journal.effect(
      { ...at, key: effectKey('look'), name: 'look', args: { text }, policy: 'read' },
      async () => ({
        status: 'ok',
        data: {},
      }),
    )
    const paid = await turn.journal.effect(
      { ...at, key: effectKey('pay'), name: 'pay', args: { amount: amountFor(turn) }, policy: 'idempotent' },
      async (key) => outside.perform(key, text),
    )
    return says(`paid ${text}: ${paid.status}`, { session: remembers(turn) })
  }
}
