import { describe, expect, it } from 'vitest'
import { compileTable, type Evaluation, type Table } from '../../index.ts'

/** Rules for a number: at least 1, at least 2, at least 3, in this order, with these outputs. */
function decide(x: number, policy: Partial<Table>, outputs = ['"low"', '"middle"', '"high"']): Evaluation {
  const table: Table = {
    name: 'policies',
    hitPolicy: 'unique',
    inputs: [{ expression: 'x', type: 'number' }],
    outputs: [{ type: 'any', values: ['"high"', '"low"', '"middle"', '1', '2', '5'] }],
    rules: outputs.map((output, index) => ({ when: [`>= ${index + 1}`], yields: [output] })),
    ...policy,
  }
  return compileTable(table).evaluate({ x })
}

describe('a hit policy', () => {
  it('unique: takes the one rule that matches, and says so when there are several', () => {
    expect(decide(1, { hitPolicy: 'unique' })).toMatchObject({ outcome: 'match', output: 'low', rules: [1] })
    expect(decide(3, { hitPolicy: 'unique' })).toMatchObject({
      outcome: 'violation',
      output: null,
      rules: [],
      problems: [{ code: 'several_rules_match', rules: [1, 2, 3] }],
    })
  })

  it('any: takes rules that say the same, and says so when they do not', () => {
    expect(decide(2, { hitPolicy: 'any' }, ['"low"', '"low"'])).toMatchObject({ output: 'low', rules: [1, 2] })
    expect(decide(2, { hitPolicy: 'any' }, ['1', '1.0'])).toMatchObject({ output: 1 })
    expect(decide(2, { hitPolicy: 'any' })).toMatchObject({
      outcome: 'violation',
      output: null,
      problems: [{ code: 'rules_disagree', rules: [1, 2] }],
    })
  })

  it('first: takes the first rule that matches', () => {
    expect(decide(3, { hitPolicy: 'first' })).toMatchObject({ output: 'low', rules: [1] })
  })

  it('priority: takes the output that stands first in the list of values', () => {
    expect(decide(3, { hitPolicy: 'priority' })).toMatchObject({ output: 'high', rules: [3] })
    expect(decide(2, { hitPolicy: 'priority' })).toMatchObject({ output: 'low', rules: [1] })
    expect(decide(2, { hitPolicy: 'priority' }, ['"low"', '"low"'])).toMatchObject({ rules: [1] })
  })

  it('rule order: takes all, as the rules stand', () => {
    expect(decide(3, { hitPolicy: 'rule order' })).toMatchObject({
      output: ['low', 'middle', 'high'],
      rules: [1, 2, 3],
    })
  })

  it('output order: takes all, as the list of values stands', () => {
    expect(decide(3, { hitPolicy: 'output order' })).toMatchObject({
      output: ['high', 'low', 'middle'],
      rules: [3, 1, 2],
    })
  })

  it('collect: takes all, or what they come to', () => {
    const numbers = ['2', '5', '1']
    const collect = (aggregation?: 'sum' | 'min' | 'max' | 'count') =>
      decide(3, { hitPolicy: 'collect', ...(aggregation && { aggregation }) }, numbers).output
    expect(collect()).toEqual([2, 5, 1])
    expect([collect('sum'), collect('min'), collect('max'), collect('count')]).toEqual([8, 1, 5, 3])
    expect(decide(2, { hitPolicy: 'collect', aggregation: 'sum' }, ['1', '"low"']).output).toBeNull()
    expect(decide(2, { hitPolicy: 'collect', aggregation: 'min' }, ['1', '"low"']).output).toBeNull()
  })

  it('says when no rule matched, and takes the default if there is one', () => {
    for (const hitPolicy of ['unique', 'any', 'first', 'priority', 'rule order', 'output order', 'collect'] as const) {
      expect(decide(0, { hitPolicy })).toMatchObject({ outcome: 'none', output: null, rules: [] })
      const outputs = [{ type: 'any' as const, default: '"none of it"' }]
      expect(decide(0, { hitPolicy, outputs })).toMatchObject({ outcome: 'default', output: 'none of it', rules: [] })
    }
    expect(decide(0, { hitPolicy: 'collect', aggregation: 'count' })).toMatchObject({ outcome: 'none', output: 0 })
    expect(decide(0, { hitPolicy: 'collect', aggregation: 'sum' })).toMatchObject({ outcome: 'none', output: null })
  })

  it('compares the outputs of several columns from left to right', () => {
    const outputs: Table['outputs'] = [
      { name: 'a', type: 'any', values: ['1', '2'] },
      { name: 'b', type: 'any', values: ['"x"', '"y"'] },
    ]
    const rules = [
      ['2', '"x"'],
      ['1', '"y"'],
      ['1', '"x"'],
    ].map((yields) => ({ when: ['-'], yields }))
    expect(decide(1, { hitPolicy: 'output order', outputs, rules })).toMatchObject({
      output: [
        { a: 1, b: 'x' },
        { a: 1, b: 'y' },
        { a: 2, b: 'x' },
      ],
      rules: [3, 2, 1],
    })
  })
})
