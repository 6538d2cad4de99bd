import { equalTo } from '../comparing/equal.ts'
import type { Json } from '../condition.ts'
import type { At, Cell } from './cell.ts'
import type { Cuts } from './cuts.ts'
import { partLabel } from './texts.ts'

/** Lists are cut by what they contain: a cell for each set of parts that a list of such items can hold. */
export function listCells(items: readonly Cell[], { parts }: Cuts, at: At): Cell[] {
  const tests = parts.map((part) => equalTo(part))
  const env = { ...at, read: () => undefined }
  const bitsOf = (item: unknown): number =>
    tests.reduce((bits, equal, index) => (equal(item, env) === true ? bits | (1 << index) : bits), 0)
  const bitsIn = (list: readonly unknown[]): number => list.reduce<number>((bits, item) => bits | bitsOf(item), 0)
  const samples = new Map<number, Json[]>([[0, []]])
  for (const { sample } of items) {
    const bits = bitsOf(sample)
    for (const [before, list] of Array.from(samples))
      if (!samples.has(before | bits)) samples.set(before | bits, [...list, sample])
  }
  return [...samples].map(([bits, sample]) => ({
    kind: 'list',
    label: [
      'a list',
      ...partLabel(
        parts,
        parts.map((_, index) => (bits & (1 << index)) !== 0),
      ),
    ].join(' '),
    sample,
    has: (value) => Array.isArray(value) && bitsIn(value) === bits,
    rest: parts.length === 0,
  }))
}
