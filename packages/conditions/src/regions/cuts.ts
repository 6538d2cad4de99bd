import { isoDate } from '../comparing/dates.ts'
import { isOrder } from '../comparing/ordered.ts'
import { fold } from '../comparing/words.ts'
import type { Leaf, Literal, Operand, Window } from '../condition.ts'

/** The constants that a field is asked about, by how they cut what it can hold. */
export interface Cuts {
  numbers: number[]
  /** Text that is no date. */
  words: string[]
  dates: string[]
  booleans: boolean[]
  windows: Pick<Window, 'amount' | 'unit'>[]
  /** What is looked for in texts and lists. */
  parts: Literal[]
  /** Is text asked whether it comes before or after a word? */
  ordered: boolean
}

export const noCuts = (): Cuts => ({
  numbers: [],
  words: [],
  dates: [],
  booleans: [],
  windows: [],
  parts: [],
  ordered: false,
})

/** How many constants there are. */
export const sizeOf = ({ numbers, words, dates, windows }: Cuts): number =>
  numbers.length + words.length + dates.length + windows.length

/** Each constant once. Fields right of an operator cut nothing. */
export function cutsOf(leaves: readonly Leaf[]): Cuts {
  const cuts = noCuts()
  for (const leaf of leaves) add(leaf, cuts)
  return {
    ...cuts,
    numbers: [...new Set(cuts.numbers)].sort((a, b) => a - b),
    words: [...new Map(cuts.words.toReversed().map((word) => [fold(word), word])).values()].toReversed(),
    dates: [...new Set(cuts.dates)],
    parts: [...new Set(cuts.parts)],
  }
}

function add(leaf: Leaf, cuts: Cuts): void {
  switch (leaf.op) {
    case 'compare':
      addValue(leaf.value, cuts)
      if (isOrder(leaf.is) && typeof leaf.value === 'string' && !isoDate(leaf.value)) cuts.ordered = true
      return
    case 'in':
    case 'not_in':
      for (const value of leaf.values) addValue(value, cuts)
      return
    case 'contains':
      if (typeof leaf.value !== 'object') cuts.parts.push(leaf.value)
      return
    case 'within':
    case 'outside':
      cuts.windows.push({ amount: leaf.amount, unit: leaf.unit })
      // An age is compared with the amount.
      cuts.numbers.push(leaf.amount)
      return
    case 'truthy':
      cuts.words.push('')
      cuts.booleans.push(false)
      return
    case 'exists':
    case 'missing':
  }
}

function addValue(value: Operand, cuts: Cuts): void {
  if (typeof value === 'number') cuts.numbers.push(value)
  else if (typeof value === 'boolean') cuts.booleans.push(value)
  else if (typeof value === 'string') (isoDate(value) ? cuts.dates : cuts.words).push(value)
}
