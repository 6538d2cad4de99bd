import { describe, expect, it } from 'vitest'
import { beginTurn, commit } from '../turns.ts'
import type { OpenStore } from './open-store.ts'

const call = (purpose: string, inputTokens: number, outputTokens: number) => ({
  provider: 'p',
  model: 'm',
  purpose,
  inputTokens,
  outputTokens,
})

export function usage(open: OpenStore): void {
  describe('the books of model calls', () => {
    it('say what one purpose took since an instant, in and out', async () => {
      let now = 1_000
      const opened = await open({ clock: { now: () => now } })
      const { store } = opened
      expect(await store.tokensSince('answer', 0)).toBe(0)
      await commit(store, await beginTurn(store, 'ann'), { usage: [call('answer', 100, 10), call('write', 7, 7)] })
      now = 2_000
      await commit(store, await beginTurn(store, 'ann'), { usage: [call('answer', 30, 3)] })
      expect(await store.tokensSince('answer', 0)).toBe(143)
      expect(await store.tokensSince('answer', 2_000)).toBe(33)
      expect(await store.tokensSince('answer', 2_001)).toBe(0)
      await opened.remove()
    })
  })
}
