import { expect, test } from 'vitest'
import { compileProcedure, type Compilation } from './index.ts'
import { parseDocument } from './parse/document.ts'
import { catalogue } from './testing/catalogue.ts'
import { nodesOf, ours, procedureOf } from './testing/compiled.ts'
import { buildTree } from './testing/tree.ts'

const decision = (id: string, to: string, otherwise: string): string =>
  `- {id: ${id}, action: evaluate, conditions: [{condition: case_id == x, next_step: ${to}}], else: ${otherwise}}`

/** Again and again a decision, two ways, and together again. */
function diamonds(count: number): string {
  const steps = Array.from({ length: count }, (_, i) => {
    const next = i + 1 < count ? `split_${i + 1}` : 'end'
    const split = decision(`split_${i}`, `left_${i}`, `right_${i}`)
    return [split, decision(`left_${i}`, next, next), decision(`right_${i}`, next, next)].join('\n')
  })
  return `copse: 1\nprocedure:\n  id: sample\n  steps:\n${steps.join('\n').replace(/^/gm, '    ')}`
}

const idsOf = (compilation: Compilation): string[] => buildTree(procedureOf(compilation).tree).ids as string[]

test('thirty diamonds in a chain are three nodes each: shared tails are not copied', () => {
  const { tree } = procedureOf(compileProcedure(diamonds(30), catalogue))
  const endings = 2 * 3
  expect(nodesOf(tree.root).length).toBeLessThanOrEqual(30 * 3 + 1 + endings)
  buildTree(tree)
})

test('thirty diamonds take little longer to compile than to read', { retry: 3 }, () => {
  const source = diamonds(30)
  const reading: number[] = []
  const compiling: number[] = []
  for (let round = 0; round < 40; round++) {
    const start = performance.now()
    parseDocument(source)
    const between = performance.now()
    compileProcedure(source, catalogue)
    reading.push(between - start)
    compiling.push(performance.now() - between)
  }
  expect(Math.min(...compiling)).toBeLessThan(2 * Math.min(...reading))
})

test('a loop compiles', () => {
  const compilation = ours(`
- {id: again, action: inform, say: Shall I go on?, options: [{label: Again, next_step: again}, {label: Stop, next_step: end}]}`)
  expect(procedureOf(compilation).tree.root.children?.map(({ name }) => name)).toEqual(['again', '$handoff', '$person'])
  buildTree(procedureOf(compilation).tree)
})

test('ids are the paths that an author sees', () => {
  const ids = idsOf(
    ours(`
- id: find
  action: tool_call
  await_input: true
  tools: [{name: add_case_note, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {note: x}}]
  on_success: note
- id: note
  action: tool_call
  tools: [{name: add_case_note, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {note: y}}]
  on_success: end`),
  )
  expect(ids).toContain('sample/find/tools/call:add_case_note')
  expect(ids).toContain('sample/find/pause')
  expect(ids).toContain('sample/note/call:add_case_note')
})

test('a step put in between leaves every other id as it was', () => {
  const before = `- {id: a, action: inform, next_step: b}\n- {id: b, action: end}`
  const after = `- {id: a, action: inform, next_step: new}\n- {id: new, action: inform, next_step: b}\n- {id: b, action: end}`
  expect(idsOf(ours(after))).toEqual(expect.arrayContaining(idsOf(ours(before))))
})

const hash = (source: string): string => procedureOf(compileProcedure(source, catalogue)).treeHash

test('the hash is of what the procedure does: layout and comments do not change it, a word does', () => {
  const source = `copse: 1\nprocedure:\n  id: a\n  steps:\n    - id: x\n      action: end\n      say: Bye\n`
  const other = `# again\nprocedure: {steps: [{action: end, say: "Bye", id: x}], id: a}\ncopse: 1`
  expect(hash(other)).toBe(hash(source))
  expect(hash(source.replace('Bye', 'Goodbye'))).not.toBe(hash(source))
})
