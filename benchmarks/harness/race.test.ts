import { describe, expect, it } from 'vitest'
import { race, timing } from './race.ts'

const busy = (ms: number) => () => {
  const end = performance.now() + ms
  while (performance.now() < end);
  return 1
}

const later = () => new Promise<number>((resolve) => void setTimeout(() => resolve(10), 5))

describe('a race', () => {
  it('times every contender in as many rounds, in microseconds of one run', async () => {
    const { short, long } = await race({
      short: { run: busy(1), steps: 1 },
      long: { run: busy(4), steps: 1 },
    })
    expect(short.rounds).toBe(long.rounds)
    expect(short.rounds).toBeGreaterThanOrEqual(7)
    expect(short.min).toBeGreaterThanOrEqual(1000)
    expect(long.min).toBeGreaterThanOrEqual(4000)
    expect(long.min).toBeLessThan(8000)
    expect(short.median).toBeGreaterThanOrEqual(short.min)
  })

  it('waits for what is asynchronous, and divides by what a run holds', async () => {
    const { waiting } = await race({ waiting: { run: later, steps: 10, per: 10 } })
    expect(waiting.min).toBeGreaterThan(400)
    expect(waiting.min).toBeLessThan(2000)
  })

  it('refuses who skips a part of the work', async () => {
    await expect(race({ lazy: { run: () => 99, steps: 100 } })).rejects.toThrow('"lazy" did 99 of 100 steps')
  })

  it('takes the least and the middle of the rounds', () => {
    expect(timing([5, 1, 3])).toEqual({ min: 1, median: 3, rounds: 3 })
    expect(timing([4, 1, 3, 2])).toEqual({ min: 1, median: 2.5, rounds: 4 })
  })
})
