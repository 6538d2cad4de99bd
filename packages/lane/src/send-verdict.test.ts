import type { ClaimedSend, SendResult } from '@copse/contracts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBreakers } from './breaker.ts'
import { defaultLimits } from './limits.ts'
import { createVerdict } from './send-verdict.ts'

const clock = { now: () => 1_000 }
const open = (chance: number, stop = new AbortController().signal) =>
  createVerdict({
    clock,
    chance: () => chance,
    limits: defaultLimits,
    breakers: createBreakers({ clock, failures: 100, pauseMs: 1_000, onChange: () => {} }),
    stop,
  })
const send = (attempt: number): ClaimedSend => ({
  seq: 1,
  conversationId: 'v',
  channel: 'sms',
  alias: 'ana',
  message: { text: 'hello' },
  attempt,
})
const failed: SendResult = { ok: false, retryable: true, code: 'E500', reason: 'not now' }
const at = (chance: number, attempt: number) => {
  const settled = open(chance)(send(attempt), failed)
  return settled.state === 'retry' ? settled.at - clock.now() : undefined
}

describe('a send that failed', () => {
  test('is tried again anywhere between at once and a pause that doubles, five minutes at most', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        (c, n) => {
          expect(at(c, n)).toBe(Math.round(c * Math.min(1_000 * 2 ** (n - 1), 300_000)))
        },
      ),
    )
  })

  test('waits for as long as the channel asks', () => {
    expect(open(0.5)(send(1), { ...failed, retryAfterMs: 7_000 })).toMatchObject({ state: 'retry', at: 8_000 })
  })

  test('for a channel that is down goes as soon as it is back, whatever pause the channel named', () => {
    const down = { ...failed, channelDown: true, retryAfterMs: 300_000 } as const
    expect(open(0.5)(send(1), down)).toEqual({ state: 'retry', at: 1_000, error: 'E500: not now', excused: true })
  })

  test('is dead after the last try, and at once when trying does not help', () => {
    expect(open(0)(send(10), failed)).toEqual({ state: 'dead', error: 'E500: not now' })
    expect(open(0)(send(1), { ...failed, retryable: false })).toMatchObject({ state: 'dead' })
  })

  test('since the window is over after all is tried again at once, unless that was counted with or tried too often', () => {
    const over: SendResult = { ...failed, retryable: false, windowOver: true }
    expect(open(0)(send(1), over)).toEqual({ state: 'retry', at: 1_000, error: 'E500: not now', windowOver: true })
    expect(open(0)({ ...send(1), beyondWindow: true }, over)).toMatchObject({ state: 'dead' })
    expect(open(0)(send(10), over)).toMatchObject({ state: 'dead' })
  })

  test('because we stop ourselves has lost no try', () => {
    expect(open(0, AbortSignal.abort())(send(10), failed)).toMatchObject({ state: 'retry', excused: true })
  })
})

test('a message that is awaited holds the next one for ten seconds at most', () => {
  const delivered: SendResult = { ok: true, providerId: 'p1' }
  const awaited = { state: 'delivered', providerId: 'p1', holdUntil: 11_000 }
  expect(open(0)(send(1), { ...delivered, awaited: true })).toEqual(awaited)
  expect(open(0)(send(1), delivered)).toEqual({ state: 'delivered', providerId: 'p1' })
})
