import { operationManifest } from '@copse/contracts'
import type { TreeSpec } from '@copse/engine'
import { besideOf } from '@copse/procedures'
import { expect, test } from 'vitest'
import { readAnswers } from './answers/answers.ts'
import { explore } from './check/explore/explore.ts'
import { createNoticed } from './check/findings/noticed.ts'
import { createProgram } from './check/program.ts'
import { deskOf, results } from './testing/desk.ts'

const find = operationManifest.parse({
  name: 'find_parcel',
  effect: 'read',
  params: { parcel_id: { type: 'string', required: true }, code: { type: 'string', required: true } },
  writes: [{ field: 'parcel' }],
})

/** Two questions, a call that needs both answers, and a way back to it. `asked`: what the second one insists on. */
const parcel = (asked = 'code') => `copse: 1
procedure:
  id: parcel
  triggers: [parcel]
  steps:
    - id: ask_parcel
      action: collect_info
      say: {en: Which parcel?}
      extract_fields: [{key: parcel_id, examples: [P-1, P-22]}]
      required_fields: [parcel_id]
      next_step: ask_code
      on_failure: handoff
    - id: ask_code
      action: collect_info
      say: {en: Which code?}
      extract_fields: [{key: code, examples: [C-1, C-22]}, {key: town, examples: [T-1]}]
      required_fields: [${asked}]
      next_step: look
      on_failure: handoff
    - id: look
      action: tool_call
      tools:
        - name: find_parcel
          arg_mappings: [{param: parcel_id, source: parcel_id}, {param: code, source: code}]
      on_success: done
      on_failure: not_there
    - id: not_there
      action: inform
      say: {en: It is not there. Once more?}
      options:
        - {label: {en: "Yes"}, detection_keywords: ["yes"], next_step: look}
        - {label: {en: "No"}, detection_keywords: ["no"], next_step: done}
    - id: done
      action: end
      say: {en: Goodbye.}
`

const answers = `find_parcel:
  - {when: {parcel_id: P-2, code: C-2}, answer: {found: true}}
  - {answer: {found: false}}
`

async function steps(procedure: string, ...turns: string[]): Promise<(string | null)[]> {
  const desk = deskOf(procedure, '{}', {
    operations: [find],
    answers: readAnswers(answers, 'parcel.answers.yaml', [find]),
    beside: besideOf(() => [{ file: 'parcel.procedure.yaml', text: parcel() }]),
  })
  const scenario = `- name: parcel\n  turns:\n${turns.map((words) => `    - customer: ${words}\n`).join('')}`
  const [played] = await results(scenario, desk)
  return played!.turns.map(({ step }) => step)
}

test('who tries again after a no is asked for everything that the call needs, whichever step asks for it', async () => {
  const said = await steps(parcel(), 'parcel', 'P-1', 'C-1', 'yes', 'P-2', 'C-2')
  expect(said).toEqual(['ask_parcel', 'ask_code', 'not_there', 'ask_parcel', 'ask_code', 'done'])
})

test('so is who says that what was found is not meant', async () => {
  const pausing = parcel().replace(
    'on_success: done',
    'await_input: true\n      ask: {en: Is it that?}\n      on_success: done',
  )
  const asked = ['ask_parcel', 'ask_code', 'look']
  expect(await steps(pausing, 'parcel', 'P-2', 'C-2', 'no', 'P-2', 'C-2')).toEqual([...asked, ...asked])
})

test('so is who tries again in a procedure that is a step of another', async () => {
  const outer = `copse: 1
procedure:
  id: outer
  triggers: [parcel]
  steps:
    - {id: where, action: subprocedure, procedure: parcel, next_step: bye, on_failure: bye}
    - {id: bye, action: end, say: {en: Bye.}}
`
  const said = await steps(outer, 'parcel', 'P-1', 'C-1', 'yes', 'P-2', 'C-2')
  const asked = ['where.ask_parcel', 'where.ask_code']
  expect(said).toEqual([...asked, 'where.not_there', ...asked, 'bye'])
})

test('what a step may leave out is asked for once more, and not round and round', async () => {
  const said = await steps(parcel('town'), 'parcel', 'P-1', 'C-1 in T-1', 'yes', 'P-2')
  expect(said).toEqual(['ask_parcel', 'ask_code', 'not_there', 'ask_parcel', 'not_there'])
})

test('check looks at each way in which it is asked for again', () => {
  const { release } = deskOf(parcel(), '{}', { operations: [find] })
  const [{ tree, triggers }] = release.procedures as [(typeof release.procedures)[number]]
  const program = createProgram(tree as unknown as TreeSpec, { find_parcel: find }, { triggers, now: 0 })
  const { states } = explore(program, createNoticed().notesAt, { states: 1_000, isOver: () => false })
  const from = states.filter(({ stage }) => stage === 'look')
  const to = new Set(from.flatMap(({ edges }) => edges.map((edge) => edge.to)))
  expect([...to].sort()).toEqual(['$unavailable', 'ask_code', 'ask_parcel', 'done', 'not_there'])
})
