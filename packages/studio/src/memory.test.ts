import { expect, test } from 'vitest'
import { deskOf, results } from './testing/desk.ts'

const procedure = `copse: 1
procedure:
  id: shoes
  triggers: [shoes]
  steps:
    - id: known
      action: evaluate
      conditions: [{condition: memory.size exists, next_step: again}]
      else: ask
    - {id: again, action: inform, say: "Size {{memory.size}} as always?", options: [{label: Right, next_step: done}, {label: Forget it, next_step: forget}]}
    - id: ask
      action: collect_info
      say: Which size?
      extract_fields: [{key: size, type: integer}]
      required_fields: [size]
      next_step: keep
    - {id: keep, action: save_memory, memory: {size: size}, say: "Noted: {{memory.size}}.", next_step: done}
    - {id: forget, action: save_memory, forget: [size], say: "Gone{{memory.size}}.", next_step: done}
    - {id: done, action: end, say: Goodbye.}
`

test('what a conversation remembers is known in the next one, until it is forgotten', async () => {
  const [first] = await results(
    `
- name: a regular
  turns:
    - {customer: shoes, expect: {step: ask}}
    - {customer: "38", expect: {status: completed, contains: "Noted: 38."}}
    - {customer: shoes, expect: {step: again, contains: Size 38 as always?}}
    - {customer: forget it, expect: {status: completed, contains: Gone.}}
    - {customer: shoes, expect: {step: ask}}
`,
    deskOf(procedure),
  )
  expect(first?.failures).toEqual([])
})
