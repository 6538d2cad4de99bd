import { expect, test } from 'vitest'
import { ours, procedureOf } from '../testing/compiled.ts'

const steps = (source: string) => `
- id: hello
  action: inform
${source}  say: Hello.
  next_step: end`

test('the sentence that a step was written from is kept in the file and changes nothing that runs', () => {
  const plain = ours(steps(''))
  const drafted = ours(steps('  source: Greet the customer.\n'))
  expect(drafted.diagnostics).toEqual([])
  expect(procedureOf(drafted).treeHash).toBe(procedureOf(plain).treeHash)
})
