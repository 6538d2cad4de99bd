import type { SettledTurn, Store, TurnReply } from '@copse/contracts'

export interface Waiters {
  /** The reply to this row, whenever it was or will be settled; undefined when the time is up. */
  wait(inboxId: number, timeoutMs: number): Promise<TurnReply | undefined>
  settle(settled: SettledTurn): void
}

export function createWaiters(store: Store): Waiters {
  const waiting = new Map<number, Set<(reply: TurnReply | undefined) => void>>()

  function add(inboxId: number, waiter: (reply: TurnReply | undefined) => void): () => void {
    const set = waiting.get(inboxId) ?? new Set()
    waiting.set(inboxId, set.add(waiter))
    return () => {
      if (set.delete(waiter) && set.size === 0 && waiting.get(inboxId) === set) waiting.delete(inboxId)
    }
  }

  return {
    async wait(inboxId, timeoutMs) {
      const { promise, resolve } = Promise.withResolvers<TurnReply | undefined>()
      // First listen, then look: a turn that settles in between is not missed.
      const remove = add(inboxId, resolve)
      const timer = setTimeout(() => resolve(undefined), timeoutMs)
      try {
        return (await store.reply(inboxId)) ?? (await promise)
      } finally {
        clearTimeout(timer)
        remove()
      }
    },
    settle({ inboxIds, reply }) {
      for (const id of inboxIds) for (const resolve of waiting.get(id) ?? []) resolve(reply)
    },
  }
}
