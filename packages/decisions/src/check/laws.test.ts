import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTable, compileTable, type Table } from '../index.ts'
import { inputsOf, table } from '../testing/tables.ts'

/** Which rules match, for every input that can tell them apart. Null only where a cell of its column is about null. */
function matchesOf(given: Table): { inputs: Record<string, unknown>; rules: number[] }[] {
  const all = compileTable({ ...given, hitPolicy: 'rule order' })
  const aboutNull = given.inputs.map((_, index) => given.rules.some(({ when }) => when[index] === 'null'))
  return [...inputsOf(given)]
    .filter((inputs) => aboutNull.every((is, index) => is || inputs[`in${index}`] !== null))
    .map((inputs) => ({ inputs, rules: all.evaluate(inputs).rules }))
}

const pairsOf = (rules: number[]): string[] => rules.flatMap((a, i) => rules.slice(i + 1).map((b) => `${a}-${b}`))
const options = { numRuns: 300 }

describe('the static checks, against trying every input', () => {
  it('find exactly the rules that match together under unique', () => {
    fc.assert(
      fc.property(table('unique'), (given) => {
        const { findings, exhaustive } = checkTable(given)
        const expected = new Set(matchesOf(given).flatMap(({ rules }) => pairsOf(rules)))
        const found = findings.filter(({ code }) => code === 'overlap')
        expect(exhaustive).toBe(true)
        expect(new Set(found.map(({ rules }) => rules.join('-')))).toEqual(expected)
        for (const { example, rules } of found) {
          expect(compileTable(given).evaluate(example ?? {})).toMatchObject({
            outcome: 'violation',
            problems: [{ rules: expect.arrayContaining(rules) }],
          })
        }
      }),
      options,
    )
  })

  it('find exactly the rules that contradict each other under any', () => {
    fc.assert(
      fc.property(table('any'), (given) => {
        const differ = (pair: string): boolean => {
          const [a = 0, b = 0] = pair.split('-').map(Number)
          return given.rules[a - 1]?.yields[0] !== given.rules[b - 1]?.yields[0]
        }
        const expected = matchesOf(given).flatMap(({ rules }) => pairsOf(rules).filter(differ))
        const found = checkTable(given).findings.filter(({ code }) => code === 'overlap')
        expect(new Set(found.map(({ rules }) => rules.join('-')))).toEqual(new Set(expected))
      }),
      options,
    )
  })

  it('find a gap when and only when there is one, and name an input in it', () => {
    fc.assert(
      fc.property(table('first'), (given) => {
        const gaps = checkTable(given).findings.filter(({ code }) => code === 'gap')
        expect(gaps.length > 0).toBe(matchesOf(given).some(({ rules }) => rules.length === 0))
        for (const { example } of gaps) expect(compileTable(given).evaluate(example ?? {}).outcome).toBe('none')
      }),
      options,
    )
  })

  it('find exactly the rules that never come first', () => {
    fc.assert(
      fc.property(table('first'), (given) => {
        const matches = matchesOf(given)
        const matching = new Set(matches.flatMap(({ rules }) => rules))
        const winning = new Set(matches.flatMap(({ rules }) => rules.slice(0, 1)))
        const { findings } = checkTable(given)
        const rulesWith = (wanted: string) =>
          new Set(findings.filter(({ code }) => code === wanted).flatMap(({ rules }) => rules))
        const all = given.rules.map((_, index) => index + 1)
        expect(rulesWith('never_matches')).toEqual(new Set(all.filter((rule) => !matching.has(rule))))
        expect(rulesWith('unreachable')).toEqual(
          new Set(all.filter((rule) => matching.has(rule) && !winning.has(rule))),
        )
      }),
      options,
    )
  })

  it('find exactly the rules that more important ones always outdo', () => {
    fc.assert(
      fc.property(table('priority'), (given) => {
        const rank = (rule: number) => given.rules[rule - 1]?.yields[0] ?? ''
        const matches = matchesOf(given)
        const matching = new Set(matches.flatMap(({ rules }) => rules))
        const winning = new Set(
          matches.flatMap(({ rules }) => rules.filter((rule) => rules.every((other) => rank(other) >= rank(rule)))),
        )
        const found = checkTable(given).findings.filter(({ code }) => code === 'unreachable')
        expect(new Set(found.flatMap(({ rules }) => rules))).toEqual(
          new Set([...matching].filter((rule) => !winning.has(rule))),
        )
      }),
      options,
    )
  })
})
