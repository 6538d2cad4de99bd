import type { NodeSpec } from '@copse/engine'
import { z } from 'zod'
import {
  backTarget,
  endTarget,
  handoffStage,
  personStage,
  unavailableStage,
  unidentifiedStage,
  type Target,
} from '../graph/stage-graph.ts'
import { texts } from '../parse/words.ts'
import { readAlternative, toolShape } from './alternatives.ts'
import { askingExits, askingSteps, type AskedBy } from './asking-steps.ts'
import { askBefore } from './confirmation.ts'
import { onSilence, stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { unique } from './names.ts'
import { speaker, speech } from './speech.ts'
import { defineStep, type Alternative, type Lead, type Neighbours, type Silence, type StepContext } from './step.ts'

const shape = z.strictObject({
  ...stepKeys,
  tools: z.array(toolShape).min(1, 'names at least one operation'),
  next_step: target.optional(),
  on_success: target.optional(),
  on_failure: target.optional(),
  on_unavailable: target.optional(),
  /** Ask before every call, however it was reached. */
  confirm: z.boolean().default(false),
  on_declined: target.optional(),
  await_input: z.boolean().optional(),
  /** What is asked when it waits after the call. */
  ask: texts.optional(),
  max_attempts: z.number().int().positive().max(10).default(3),
  save_memory: z.boolean().default(false),
  /** Steps that take it back when the customer corrects what it was done with. */
  compensate: z.union([target, z.array(target).min(1).max(10)], 'should be a step, or a list of steps').optional(),
  on_silence: onSilence,
})
type ToolCall = z.infer<typeof shape>

/** Set for every session; nothing a customer says can withdraw them. */
const seeded = ['customer_id', 'case_id']

/** Calls the first of its operations that can run. */
export const toolCall = defineStep({
  action: 'tool_call',
  shape,
  read(step, context) {
    const words = speech(step, context)
    const alternatives = step.tools.flatMap(
      (tool, index) => readAlternative(tool, ['tools', index], words, context) ?? [],
    )
    const undo = compensationOf(step, alternatives, context)
    const to = targetsOf(step, context)
    const pauses = step.await_input ?? (context.dialect === 'p' && to.success !== endTarget)
    const ask = context.say(step.ask, ['ask'])
    const silence = context.silence(step.on_silence)

    return {
      collects: [],
      requires: [],
      alternatives,
      leads: [...leadsOf(to), ...silence.leads],
      lower(neighbours) {
        const asks = askBefore(step, alternatives, neighbours.arrival, silence, context)
        const askedBy = askingSteps(alternatives, neighbours)
        const tools = toolsNode(step, alternatives, undo, asks, askedBy, silence)
        const pause = pauses ? pauseNode(step, ask, alternatives, neighbours, silence) : undefined
        const node: NodeSpec = pause ? { op: 'sequence', children: [{ ...tools, name: 'tools' }, pause] } : tools
        const exits = exitsOf({ to, alternatives, pauses, asks: asks.some(Boolean), askedBy, neighbours })
        return { node, exits: { ...exits, ...silence.exits } }
      },
    }
  },
})

function exitsOf(given: {
  to: Targets
  alternatives: Alternative[]
  pauses: boolean
  asks: boolean
  askedBy: AskedBy | undefined
  neighbours: Neighbours
}): Record<string, Target> {
  const { to, alternatives, pauses, asks, askedBy, neighbours } = given
  const operations = alternatives.map((call) => call.operation)
  const collecting =
    askedBy?.[0]?.step ?? neighbours.collecting(alternatives.flatMap((call) => [...call.needs, ...call.sources]))
  const backOr = (otherwise: string): Target =>
    collecting === undefined ? otherwise : { to: collecting, return: true }
  const declined = to.declined ?? (neighbours.arrival.only === 'option' ? backTarget : handoffStage)
  const isSure = alternatives.some((call) => call.runnable === undefined)
  return {
    success: to.success,
    no: to.no,
    unavailable: to.unavailable,
    ...(operations.some((operation) => operation.effect !== 'read') ? { uncertain: to.unavailable } : {}),
    ...(operations.some((operation) => operation.customer) ? { not_identified: unidentifiedStage } : {}),
    ...(isSure ? {} : { missing: backOr(to.no), ...askingExits(askedBy), missing_argument: to.no }),
    ...(asks ? { declined } : {}),
    ...(pauses ? { correct: backOr(handoffStage) } : {}),
    // A question that got no answer is not the *no* that on_failure answers.
    failure: pauses || asks ? handoffStage : to.no,
    person: personStage,
  }
}

interface Targets {
  success: string
  no: string
  unavailable: string
  declined: string | undefined
}

function targetsOf(step: ToolCall, context: StepContext): Targets {
  const optional = (key: 'on_failure' | 'on_unavailable' | 'on_declined'): string | undefined => {
    const name = step[key]
    return name === undefined ? undefined : context.target(name, [key])
  }
  return {
    success: context.wayOn(step.on_success ?? step.next_step, [
      step.on_success === undefined ? 'next_step' : 'on_success',
    ]),
    no: optional('on_failure') ?? handoffStage,
    unavailable: optional('on_unavailable') ?? unavailableStage,
    declined: optional('on_declined'),
  }
}

/** A step of it comes back when it succeeds, so it must not wait or end. */
function compensationOf(step: ToolCall, calls: Alternative[], context: StepContext): string[] {
  const { compensate = [] } = step
  const { report, header } = context
  const given = typeof compensate === 'string' ? [compensate] : compensate
  if (given.length > 0 && calls.every(({ operation }) => operation.effect === 'read'))
    report.warning('compensate_unused', ['compensate'], 'This step changes nothing that could be taken back.', {
      fix: 'Remove it.',
    })
  return given.flatMap((name, index) => {
    const path = typeof compensate === 'string' ? ['compensate'] : ['compensate', index]
    const to = context.target(name, path)
    const found = header.steps.find(({ id }) => id === name)
    if (found?.action === 'tool_call' && name !== step.id) return [to]
    if (found || to !== handoffStage || name === 'handoff')
      report.error('compensate_invalid', path, `"${name}" cannot take back what this step does.`, {
        fix: 'Name another step that calls an operation.',
      })
    return []
  })
}

const leadsOf = ({ success, no, unavailable, declined }: Targets): Lead[] =>
  [success, no, unavailable, ...(declined === undefined ? [] : [declined])].map((to) => ({ to, by: 'flow' }))

/** The first call whose condition holds; when none can run, a leaf that says what is missing. */
function toolsNode(
  step: ToolCall,
  calls: Alternative[],
  undo: string[],
  asks: (NodeSpec | undefined)[],
  askedBy: AskedBy | undefined,
  silence: Silence,
): NodeSpec {
  const names = new Set<string>()
  const branches = calls.map((call, index) => {
    const name = unique(`call:${call.operation.name}`, names)
    const config = { ...speaker(step), ...silence.leaf, ...call.config, saveMemory: step.save_memory }
    const isUndone = undo.length > 0 && call.operation.effect !== 'read'
    const node = leaf('call', { ...config, ...(isUndone ? { undo } : {}) }, name)
    const ask = asks[index]
    return ask
      ? { op: 'sequence', name: unique(`confirmed:${call.operation.name}`, names), children: [ask, node] }
      : node
  })
  const always = calls.findIndex((call) => call.runnable === undefined)
  const conditions = (always < 0 ? calls : calls.slice(0, always)).flatMap((call) => call.runnable ?? [])
  const missing = leaf('missing', {
    ...speaker(step),
    fields: [...new Set(calls.flatMap((call) => call.needs))],
    ...(askedBy ? { askedBy } : {}),
  })
  const children = always < 0 ? [...branches, missing] : branches.slice(0, always + 1)
  return conditions.length > 0 ? { op: 'if', config: { branches: conditions }, children } : { op: 'sequence', children }
}

function pauseNode(
  step: ToolCall,
  ask: Record<string, string> | undefined,
  calls: Alternative[],
  neighbours: Neighbours,
  silence: Silence,
): NodeSpec {
  const sources = new Set(calls.flatMap((call) => call.sources))
  const written = calls.flatMap(({ operation, config }) => [
    ...operation.writes.map((write) => write.field),
    ...(config.resultKey === undefined ? [] : [config.resultKey]),
  ])
  const fields = neighbours.fields([...sources])
  return leaf('pause', {
    ...speaker(step),
    ...silence.leaf,
    ...(ask ? { say: ask } : {}),
    fields,
    uses: [...new Set([...sources, ...written])].filter((field) => !seeded.includes(field)),
    maxAttempts: step.max_attempts,
  })
}
