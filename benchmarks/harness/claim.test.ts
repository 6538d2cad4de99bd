import { describe, expect, it } from 'vitest'
import { claimCounts, claimTimes, missing } from './claim.ts'
import { table } from './table.ts'

const claim = { id: 'X1', what: 'at most half', versus: 'other', goal: 0.5 }
const timed = (min: number) => ({ min, median: min + 1, rounds: 9 })

describe('a claim', () => {
  it('holds as long as the ratio is no more than the goal', () => {
    expect(claimTimes(claim, timed(5), timed(10))).toMatchObject({ ours: 5, reference: 10, ratio: 0.5, holds: true })
    expect(claimTimes(claim, timed(5.01), timed(10))).toMatchObject({ ratio: 0.501, holds: false })
  })

  it('tells medians and rounds beside the least times', () => {
    expect(claimTimes(claim, timed(5), timed(10))).toMatchObject({ oursMedian: 6, referenceMedian: 11, rounds: 9 })
  })

  it('turns the ratio round where more is better', () => {
    const count = { ...claim, unit: 'levels', better: 'more', goal: 1 } as const
    expect(claimCounts({ ...count, ours: 1000, reference: 1000 })).toMatchObject({ ratio: 1, holds: true })
    expect(claimCounts({ ...count, ours: 999, reference: 1000 }).holds).toBe(false)
    expect(claimCounts({ ...count, ours: 0, reference: 1000 }).holds).toBe(false)
  })

  it('is never judged by a rounded figure', () => {
    expect(claimTimes(claim, timed(5.00001), timed(10))).toMatchObject({ ratio: 0.5, holds: false })
  })

  it('does not hold when it was not measured, and the table says why', () => {
    const result = missing('X2', 'the peer is not there')
    expect(result.holds).toBe(false)
    expect(table([result])).toContain('the peer is not there')
  })
})
