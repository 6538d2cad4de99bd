import { describe, expect, it } from 'vitest'
import { compileModel, compileTable, type Model, type Table } from '../index.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { readCell, readExpression } from './read.ts'
import { cost } from '../testing/cost.ts'

const tableWith = (output: string): Table => ({
  name: 'hostile',
  hitPolicy: 'first',
  inputs: [{ expression: 'x', type: 'any' }],
  outputs: [{ type: 'any' }],
  rules: [{ when: ['-'], yields: [output] }],
})

const doubling = (make: (last: string) => string, times: number): string =>
  `{a0: "ab", ${Array.from({ length: times }, (_, i) => `a${i + 1}: ${make(`a${i}`)}`).join(', ')}}`
const doublingLists = (make: (last: string) => string): string =>
  `{a0: [1, 2], ${Array.from({ length: 40 }, (_, i) => `a${i + 1}: ${make(`a${i}`)}`).join(', ')}}`

describe('an evaluation that would never end, or fill the memory', () => {
  it.each([
    ['a long loop', 'for i in 1..3e7 return i'],
    ['a longer loop', 'count(for i in 1..1e15 return 1)'],
    ['a loop backwards', 'for i in 1e9..-1e9 return i'],
    ['a loop over days', 'for d in @"0001-01-01"..@"9999-12-31" return d'],
    ['loops in loops', 'for i in 1..300, j in 1..300, k in 1..300 return i'],
    ['a question about a loop', 'some i in 1..1e9 satisfies i < 0'],
    ['a filter over a loop', '(for i in 1..10000 return i)[count((for j in 1..10000 return j)[item = 1]) > 5]'],
    ['text that doubles', doubling((last) => `${last} + ${last}`, 40)],
    ['text that doubles in a loop', 'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]'],
    ['text joined from text', 'for i in 1..60 return if i = 1 then "ab" else string join([partial[-1], partial[-1]])'],
    ['text replaced by text', `replace("${'a'.repeat(3000)}", "", "${'b'.repeat(3000)}")`],
    ['lists that double', doublingLists((last) => `concatenate(${last}, ${last})`)],
    ['lists that hold lists', doublingLists((last) => `[${last}, ${last}]`)],
    ['lists flattened', `flatten(${doublingLists((last) => `[${last}, ${last}]`)}.a40)`],
    [
      'lists compared',
      `${doublingLists((last) => `[${last}, ${last}]`)}.a40 = ${doublingLists((last) => `[${last}, ${last}]`)}.a40`,
    ],
    ['lists as text', `string(${doublingLists((last) => `[${last}, ${last}]`)}.a40)`],
    ['lists within lists', 'for i in 1..5000 return [partial[-1]]'],
    ['a function that calls itself', '{f: function(x) f(x), r: f(1)}.r'],
    ['a function that calls itself twice', '{f: function(n) if n = 0 then 1 else f(n - 1) + f(n - 1), r: f(90)}.r'],
    ['functions that call each other', '{f: function(g, n) g(g, n + 1), r: f(f, 1)}.r'],
    ['a function in a sort', 'sort(for i in 1..20000 return i, function(a, b) count(for j in 1..50 return j) > 1)'],
    ['many different things', 'distinct values(for i in 1..20000 return [i])'],
    ['everything in everything', 'list contains(for i in 1..20000 return [[i]], [[0]])', 'fine'],
    ['a pattern that runs in circles', 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")', 'fine'],
    ['a pattern that grows', 'matches("a", "((((a{99}){99}){99}){99}){99}")', 'fine'],
    [
      'a pattern over much text',
      `matches(string join(for i in 1..3000 return "aaaaaaaaaaaaaaaaaaaa"), "${'a?'.repeat(200)}b")`,
    ],
    ['a pattern that grows sideways', `matches("a", "${'(?:a?){1000}'.repeat(30)}")`, 'fine'],
    ['large patterns in a loop', `for i in 1..1000 return matches("a", "${'x'.repeat(90)}{0,200}")`],
    ['a large pattern over text', 'matches(string join(for i in 1..300 return "aaaaaaaaaa"), "(?:a?b?c?d?){0,600}z")'],
    ['large powers', '10 ** 400 + 2 ** 5000', 'fine'],
    ['large scales', 'decimal(1, 1e9) + round up(5, -1e9)', 'fine'],
    ['a digit too many', `1${'0'.repeat(400)}`, 'refused'],
  ])('ends at once: %s', (_, text, ends = 'fault') => {
    const { ms, mb, result } = cost(() => {
      try {
        return compileTable(tableWith(text)).evaluate({ x: 1 }).outcome
      } catch (error) {
        return error instanceof Error ? 'refused' : error
      }
    })
    expect(result).toBe(ends === 'fine' ? 'match' : ends)
    expect(ms).toBeLessThan(4_000)
    expect(mb).toBeLessThan(200)
  })

  it('ends at the same step every time, and where the caller wants it to', () => {
    const table = compileTable(tableWith('count(for i in 1..x return i)'))
    expect(table.evaluate({ x: 1_000 }).output).toBe(1_000)
    expect(table.evaluate({ x: 1_000 }, { steps: 1_000 }).outcome).toBe('fault')
    const outcomes = Array.from({ length: 2_000 }, (_, x) => table.evaluate({ x: x + 1 }, { steps: 3_000 }).outcome)
    const spent = outcomes.indexOf('fault')
    expect(new Set(outcomes.slice(0, spent))).toEqual(new Set(['match']))
    expect(new Set(outcomes.slice(spent))).toEqual(new Set(['fault']))
  })

  it('does not pass through a model of many decisions', () => {
    const decisions = Array.from({ length: 60 }, (_, i) => ({
      id: `d${i}`,
      name: `d${i}`,
      requires: i === 0 ? [] : [{ id: `d${i - 1}` }],
      logic: { box: 'text' as const, text: i === 0 ? '"ab"' : `d${i - 1} + d${i - 1}` },
    }))
    const model: Model = {
      name: 'm',
      namespace: 'm',
      imports: [],
      types: [],
      inputs: [],
      decisions,
      knowledge: [],
      services: [],
    }
    const { ms, result } = cost(() => compileModel(model).evaluate('d59', {}))
    expect(result).toMatchObject({ output: null, problems: [{ code: 'budget_spent' }] })
    expect(ms).toBeLessThan(4_000)
  })
})

describe('text that would be too much to read', () => {
  it.each([
    ['a megabyte', '1 + '.repeat(250_000)],
    ['two thousand words', 'a '.repeat(2_000)],
    ['brackets', '('.repeat(4_000)],
    ['closed brackets', `${'('.repeat(200)}1${')'.repeat(200)}`],
    ['lists', '['.repeat(900)],
    ['contexts', '{a:'.repeat(300)],
    ['calls', 'not('.repeat(400)],
    ['conditions', 'if a then '.repeat(300)],
    ['loops', 'for x in '.repeat(300)],
    ['signs', `${'-'.repeat(900)}1`],
    ['a quote without an end', `"${'\\"'.repeat(4_900)}`],
    ['a comment without an end', `/*${'*'.repeat(9_000)}`],
    ['many points', `a${'.'.repeat(900)}b`],
  ])('is refused at once: %s', (_, text) => {
    for (const read of [readCell, readExpression]) {
      const { ms, result } = cost(() => {
        try {
          return read(text, new Map())
        } catch (error) {
          return error
        }
      })
      expect(result).toBeInstanceOf(Refusal)
      expect(ms).toBeLessThan(2_000)
    }
  })

  it('is read quickly just below the limits', () => {
    const ones = Array.from({ length: limits.tokens / 2 - 10 }, () => '1')
    const texts = [ones.join(' + '), `count([${ones.join(',')}])`, ones.join(' < '), `b(1) = ${ones.join(' or ')}`]
    for (const text of texts) expect(cost(() => readCell(`? = ${text}`, new Map())).ms).toBeLessThan(2_000)
  })
})
