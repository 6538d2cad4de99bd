import type { Json, LeafConfig } from '@copse/contracts'
import { z } from 'zod'
import { failTarget, handoffStage, returnTarget } from '../graph/stage-graph.ts'
import { isOfKind, kindOf, kindOfValue, wordsFor, type Kind } from '../parse/ports.ts'
import { json } from '../parse/words.ts'
import { suggestion } from '../report/suggest.ts'
import { stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { speaker } from './speech.ts'
import { defineStep, type Arrival, type Lead, type Part, type StepContext } from './step.ts'

const { say: _say, instruction: _instruction, ...silent } = stepKeys
const shape = z.strictObject({
  ...silent,
  /** The id of another procedure beside this one. */
  procedure: z.string().min(1, 'is empty'),
  /** Its input: the field here that it is taken from. */
  inputs: z.record(z.string(), z.string().min(1, 'is empty')).default({}),
  fixed_inputs: z.record(z.string(), json).default({}),
  /** Its output: the field here that it goes to. */
  outputs: z.record(z.string(), z.string().regex(/^[A-Za-z]\w*$/, 'names a field')).default({}),
  next_step: target.optional(),
  on_failure: target.optional(),
})
type Subprocedure = z.infer<typeof shape>
type Values = LeafConfig<'pass'>['values']

/** Does the steps of another procedure, with fields of its own: values are handed in, and what it declares comes out. */
export const subprocedure = defineStep({
  action: 'subprocedure',
  shape,
  read(step, context) {
    const next = context.wayOn(step.next_step, ['next_step'])
    const failure = step.on_failure === undefined ? handoffStage : context.target(step.on_failure, ['on_failure'])
    for (const [input, field] of Object.entries(step.inputs)) context.reads(field, ['inputs', input])
    const part = context.part(step.procedure, ['procedure'])
    if (part) checkInputs(step, part, context)
    else for (const field of Object.values(step.outputs)) context.writes(field)
    const outputs = part ? outputsOf(step, part, context) : []
    const last = `${step.id}.end`
    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [...leadsTo(next, part?.reached(returnTarget)), ...leadsTo(failure, part?.reached(failTarget))],
      ...(part ? { part: { aliases: part.aliases, facts: factsOf(step, part) } } : {}),
      lower({ arrival }) {
        const words = speaker({ ...step, say: undefined, instruction: undefined })
        const stages = part?.stages(arrival, { [returnTarget]: last, [failTarget]: failure }) ?? []
        const values = part ? inputsOf(step, part) : []
        return {
          node: leaf('pass', { ...words, ...(part ? { scope: part.prefix } : {}), values }),
          exits: { success: stages[0]?.id ?? next, failure },
          apart: [
            ...stages,
            {
              id: last,
              node: { ...leaf('pass', { ...words, values: outputs }), name: last },
              exits: { success: next, failure },
            },
          ],
        }
      },
    }
  },
})

const factsOf = ({ outputs }: Subprocedure, part: Part): string[] =>
  Object.entries(outputs).flatMap(([name, to]) => (part.isFact(name) ? [to] : []))

/** What led to its end counts for what comes after it. */
function leadsTo(to: string, arrival: Arrival | undefined): Lead[] {
  const ways: Lead['by'][] = ['flow']
  if (arrival?.option) ways.push('option')
  if (arrival?.classified || arrival?.afterClassification) ways.push('classification')
  return ways.map((by) => ({ to, by }))
}

function checkInputs(step: Subprocedure, { header }: Part, context: StepContext): void {
  const { report } = context
  const known = Object.keys(header.inputs)
  const kindAt = (path: [string, string]): Kind | undefined => {
    const [, name] = path
    const port = Object.hasOwn(header.inputs, name) ? header.inputs[name] : undefined
    if (port) return kindOf(port.type)
    report.error('unknown_input', path, `"${header.id}" takes no "${name}".`, { fix: suggestion(name, known) })
    return undefined
  }
  for (const [name, field] of Object.entries(step.inputs)) {
    const kind = kindAt(['inputs', name])
    if (kind) context.expects(field, kind, ['inputs', name])
  }
  for (const [name, value] of Object.entries(step.fixed_inputs)) {
    const kind = kindAt(['fixed_inputs', name])
    if (kind && !isFixed(value, kind))
      report.error('wrong_kind', ['fixed_inputs', name], `"${name}" should be ${wordsFor(kind)}.`)
  }
  for (const [name, { required }] of Object.entries(header.inputs)) {
    if (!required || Object.hasOwn(step.inputs, name) || Object.hasOwn(step.fixed_inputs, name)) continue
    report.error('missing_input', ['inputs'], `"${header.id}" needs "${name}", and nothing gives it.`, {
      fix: `Add \`${name}: …\` to inputs, with the field that holds it.`,
    })
  }
}

/** A day is written as text here. */
const isFixed = (value: Json, kind: Kind): boolean =>
  isOfKind(kindOfValue(value), kind) ||
  (kind === 'day' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))

function inputsOf(step: Subprocedure, { header, field }: Part): Values {
  return Object.entries(header.inputs).flatMap(([name, { required }]): Values => {
    const demand = required ? { required: true as const } : {}
    const to = field(name)
    if (Object.hasOwn(step.fixed_inputs, name)) return [{ to, value: step.fixed_inputs[name]!, ...demand }]
    return Object.hasOwn(step.inputs, name) ? [{ to, source: step.inputs[name]!, ...demand }] : []
  })
}

function outputsOf(step: Subprocedure, { header, field }: Part, context: StepContext): Values {
  return Object.entries(step.outputs).flatMap(([name, to]) => {
    const port = Object.hasOwn(header.outputs, name) ? header.outputs[name] : undefined
    const path = ['outputs', name]
    context.writes(to, port && kindOf(port.type))
    if (port) {
      context.expects(to, kindOf(port.type), path)
      return [{ to, source: field(name), ...(port.required ? { required: true as const } : {}) }]
    }
    const fix = suggestion(name, Object.keys(header.outputs)) ?? 'It declares no outputs: add `outputs:` to its head.'
    context.report.error('unknown_output', path, `"${header.id}" gives no "${name}".`, { fix })
    return []
  })
}
