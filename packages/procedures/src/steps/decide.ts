import type { Table } from '@copse/decisions'
import { z } from 'zod'
import { anyField } from '../graph/field-use.ts'
import { handoffStage } from '../graph/stage-graph.ts'
import { json } from '../parse/words.ts'
import { stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { speaker, speech } from './speech.ts'
import { defineStep, type StepContext } from './step.ts'

const shape = z.strictObject({
  ...stepKeys,
  /** A decision table, or the name of a file that holds one; see docs/reference/decision-tables.md. */
  table: json,
  /** Takes all that is decided; without it each output is a field of its name. */
  result_key: z.string().min(1, 'is empty').optional(),
  next_step: target.optional(),
  /** Where it goes on when no rule matches. */
  on_none: target.optional(),
  on_failure: target.optional(),
})
type Decide = z.infer<typeof shape>

/** Decides by a table: its outputs become fields. */
export const decide = defineStep({
  action: 'decide',
  shape,
  read(step, context) {
    const words = speech(step, context)
    const table = context.table('table', { mayMiss: step.on_none !== undefined })
    const outputs = table ? outputsOf(step, table, context) : []
    if (!table) context.writes(anyField)
    for (const field of step.result_key === undefined ? outputs : [step.result_key]) context.writes(field)
    const inputs = table ? inputsOf(table, context) : {}
    const next = context.wayOn(step.next_step, ['next_step'])
    const failure = step.on_failure === undefined ? handoffStage : context.target(step.on_failure, ['on_failure'])
    const none = step.on_none === undefined ? failure : context.target(step.on_none, ['on_none'])
    const node = leaf('table', {
      ...speaker(step),
      table: (table ?? {}) as never,
      inputs,
      outputs,
      ...(step.result_key === undefined ? {} : { resultKey: step.result_key }),
    })
    const isSpoken = words.say !== undefined || words.instruction !== undefined
    const children = [node, ...(isSpoken ? [leaf('say', { ...words, options: [] })] : [])]
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [...new Set([next, none, failure])].map((to) => ({ to, by: 'flow' as const })),
      lower: () => ({ node: { op: 'sequence', children }, exits: { success: next, none, failure } }),
    }
  },
})

function outputsOf(step: Decide, { outputs, hitPolicy }: Table, { report }: StepContext): string[] {
  const names = outputs.flatMap(({ name }) => name ?? [])
  if (step.result_key === undefined) {
    if (outputs.length > 1 && ['rule order', 'output order', 'collect'].includes(hitPolicy))
      report.error('result_missing', ['table'], 'The table decides a list, and no field takes it.', {
        fix: 'Add `result_key:`.',
      })
    if (names.length < outputs.length)
      report.error('result_missing', ['table'], 'Nothing says which field takes what the table decides.', {
        fix: 'Name its output, or add `result_key:`.',
      })
    for (const name of names) {
      if (/^[A-Za-z]\w*$/.test(name)) continue
      report.error('result_missing', ['table'], `"${name}" cannot be the name of a field.`, {
        fix: 'Use letters, digits and "_", or add `result_key:`.',
      })
    }
  }
  return names
}

/** What the table looks at, as far as it says so by name: its columns are looked up among the fields. */
function inputsOf({ inputs }: Table, context: StepContext): Record<string, string> {
  const roots = inputs.flatMap(({ expression }) => /^[A-Za-z]\w*(?=$|\.[A-Za-z])/.exec(expression)?.[0] ?? [])
  for (const root of roots) context.reads(root, ['table', 'inputs'])
  return Object.fromEntries(roots.map((root) => [root, root]))
}
