import { expect, it } from 'vitest'
import { configOf, ours } from '../testing/compiled.ts'

const readsOf = (fixed: string): unknown => {
  const made = ours(`- id: ask
  action: collect_info
  extract_fields: [{key: urgency, examples: [high]}]
  required_fields: [urgency]
  next_step: pass_on
- id: pass_on
  action: tool_call
  tools: [{name: escalate_to_supervisor, arg_mappings: [{param: case_id, source: case_id}], fixed_args: {${fixed}}}]
  on_success: end
`)
  const { steps } = configOf(made, '$correct', 'correct') as { steps: { pass_on: { reads: string[] } } }
  return steps.pass_on.reads
}

it('what an operation takes from a field by itself counts as read, unless the author fixed it', () => {
  expect(readsOf('')).toEqual(['case_id', 'urgency'])
  expect(readsOf('priority: high')).toEqual(['case_id'])
})
