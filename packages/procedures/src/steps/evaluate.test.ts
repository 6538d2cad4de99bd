import { expect, test } from 'vitest'
import { configOf, exitsOf, nodesOf, ours, stageOf } from '../testing/compiled.ts'

const ends = '\n- {id: b, action: end}\n- {id: failure, action: end}\n- {id: c, action: end}'
const decision = `
- id: a
  action: evaluate
  conditions:
    - {condition: "case_id in [x, y]", condition_description: It is one of ours, next_step: b}
    - {condition: {field: case_id, operator: eq, value: z}, next_step: failure}
  else: c
${ends}`

test('conditions in text and in fields are tried in order, and else is where none holds', () => {
  const compilation = ours(decision)
  expect(stageOf(compilation, 'a').op).toBe('decide')
  expect(configOf(compilation, 'a', 'decide')).toMatchObject({
    branches: [
      { exit: 'b', title: 'It is one of ours', when: { op: 'in', field: 'case_id' } },
      { exit: 'failure_2', when: { op: 'compare', field: 'case_id', is: '==', value: 'z' } },
    ],
    otherwise: 'else',
  })
  expect(exitsOf(compilation, 'a')).toEqual({ b: 'b', failure_2: 'failure', else: 'c', failure: 'c' })
})

test('a model is asked only after the conditions, and else is where it has no answer', () => {
  const classify =
    'classify:\n    labels: [{id: happy, description: They are happy, keywords: [great], next_step: b}]\n    result_key: mood\n  else'
  const compilation = ours(decision.replace('else', classify))
  expect(nodesOf(stageOf(compilation, 'a')).map(({ op }) => op)).toEqual(['selector', 'decide', 'classify'])
  expect(configOf(compilation, 'a', 'decide')).not.toHaveProperty('otherwise')
  expect(configOf(compilation, 'a', 'classify')).toMatchObject({
    labels: [{ id: 'happy', description: 'They are happy', keywords: ['great'], exit: 'b' }],
    resultKey: 'mood',
  })
  expect(exitsOf(compilation, 'a')).toMatchObject({ b: 'b', failure: 'c', person: '$person' })
})
