import { afterAll, beforeAll, expect } from 'vitest'
import { breath } from './virtual-time.ts'

/** Hears every rejection in this file that nobody handles. */
export function silence(): { expectSilence(): Promise<void> } {
  const unhandled: unknown[] = []
  const note = (error: unknown) => void unhandled.push(error)
  beforeAll(() => void process.on('unhandledRejection', note))
  afterAll(() => void process.off('unhandledRejection', note))
  return {
    async expectSilence() {
      await breath()
      expect(unhandled).toEqual([])
    },
  }
}
