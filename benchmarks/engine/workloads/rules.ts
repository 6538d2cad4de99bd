/** Twenty rules on two inputs; what is asked for is found in the nineteenth. */
export interface Inputs {
  amount: number
  region: string
}

const REGIONS = ['north', 'south', 'east', 'west'] as const

export const rules = Array.from({ length: 20 }, (_, at) => ({
  from: 10 * at,
  below: 10 * (at + 1),
  region: REGIONS[at % REGIONS.length]!,
  lane: `lane ${at + 1}`,
}))

const { from, region, lane } = rules[18]!

export const expected = lane
/** Ten amounts, so that no answer can be kept. */
export const cases: readonly Inputs[] = Array.from({ length: 10 }, (_, at) => ({ amount: from + at, region }))
