import type { HandoffRules, JsonObject, Notifier, Store, TimerFiring, Turn, TurnResult } from '@copse/contracts'
import { nothing } from './standing.ts'

/** How the tenant's own people come into it. */
export interface People {
  rules(): HandoffRules | undefined
  notifiers(): readonly Notifier[]
  tenant(): string
  /** Opens the case without a login. */
  link(handoff: { id: string; at: number }): string
  /** What a customer is told whom nobody has answered yet. */
  stillWaiting(language: string | undefined): string
}

/**
 * The turns of the timers that the store sets for handoffs: nobody came, or the person who came has gone. Undefined: it
 * is none of those.
 */
export function createRecalls(
  people: People | undefined,
  store: Store,
): (turn: Turn) => Promise<TurnResult | undefined> {
  async function nobodyCame({ conversation }: Turn, { handoffId, language }: JsonObject): Promise<TurnResult> {
    const found = typeof handoffId === 'string' ? await store.handoff(handoffId) : undefined
    if (!people || found?.state !== 'open')
      return nothing([{ kind: 'handoff', what: 'nobody', state: found?.state ?? null }])
    const trace: JsonObject = { kind: 'handoff', what: 'nobody', state: 'open' }
    const recall = { remind: found.id }
    // That a task failed is told to people only: whoever was not promised one does not wait.
    if (!(await store.attended(conversation.id))?.promised) return { ...nothing([trace]), recall }
    const text = people.stillWaiting(typeof language === 'string' ? language : undefined)
    return { ...nothing([trace, { kind: 'reply', text }]), messages: [{ text }], recall }
  }

  async function personLeft(turn: Turn, { returnAfterMs }: JsonObject): Promise<TurnResult> {
    const last = await store.attended(turn.conversation.id)
    // They spoke meanwhile, which has set the timer anew.
    const isThere = last?.owner !== 'human' || turn.now - last.at < Number(returnAfterMs)
    if (isThere) return nothing([{ kind: 'handoff', what: 'return', state: 'attended' }])
    return {
      ...nothing([{ kind: 'handoff', what: 'return', state: 'given back' }]),
      recall: { giveBack: 'The person said nothing for too long.' },
    }
  }

  return async (turn) => {
    const [event] = turn.events
    if (event?.kind !== 'timer' || event.data === undefined) return undefined
    const { key, data } = event.data as unknown as TimerFiring
    if (key.startsWith('$nobody:')) return nobodyCame(turn, data)
    if (key.startsWith('$return:')) return personLeft(turn, data)
    return undefined
  }
}
