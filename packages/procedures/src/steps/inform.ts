import type { Field } from '@copse/contracts'
import { z } from 'zod'
import { handoffStage, personStage, type Target } from '../graph/stage-graph.ts'
import { texts, word } from '../parse/words.ts'
import { onSilence, stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { checkWords } from './shared-words.ts'
import { exitNames, slug, unique } from './names.ts'
import { noSilence } from './silence.ts'
import { speaker, speech } from './speech.ts'
import { defineStep, type Neighbours, type Step, type StepContext } from './step.ts'
import { titled } from './titled.ts'

const option = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][\w.:-]{0,59}$/, 'holds letters, digits, "_", ".", ":" and "-" only')
    .optional(),
  label: texts,
  description: z.string().default(''),
  detection_keywords: z.array(word).default([]),
  next_step: target,
})
const shape = z.strictObject({
  ...stepKeys,
  options: z.array(option).default([]),
  /** What channels make of options follows from how many there are: this only says that it is meant. */
  shown_as: z.literal('list', { error: 'can only be list' }).optional(),
  default: target.optional(),
  next_step: target.optional(),
  await_input: z.boolean().optional(),
  max_attempts: z.number().int().positive().max(10).default(3),
  on_silence: onSilence,
})
type Inform = z.infer<typeof shape>

/** Tells the customer something; with options, waits for one of them. */
export const inform = defineStep({
  action: 'inform',
  shape,
  read: (step, context) => (step.options.length > 0 ? choice(step, context) : statement(step, context)),
})

function choice(step: Inform, context: StepContext): Step {
  const words = speech(step, context)
  const silence = context.silence(step.on_silence)
  const taken = new Set<string>()
  const exits = exitNames()
  const options = step.options.map((item, index) => {
    const { title = '', ...more } = titled(context.say(item.label, ['options', index, 'label']), context.header)
    const id = unique(item.id ?? slug(title), taken)
    return {
      id,
      title,
      ...more,
      description: item.description,
      keywords: item.detection_keywords,
      exit: unique(id, exits),
      to: context.target(item.next_step, ['options', index, 'next_step']),
    }
  })
  checkWords(options, context)
  const fallback = step.default ?? step.next_step
  const otherwise =
    fallback === undefined
      ? undefined
      : context.target(fallback, [step.default === undefined ? 'next_step' : 'default'])

  return {
    collects: [],
    requires: [],
    alternatives: [],
    leads: [
      ...options.map(({ to }) => ({ to, by: 'option' as const })),
      ...(otherwise === undefined ? [] : [{ to: otherwise, by: 'flow' as const }]),
      ...silence.leads,
    ],
    lower(neighbours) {
      const say = leaf('say', {
        ...words,
        options: options.map(({ id, title, titles }) => ({ id, title, ...(titles ? { titles } : {}) })),
      })
      const choose = leaf('choose', {
        ...speaker(step),
        ...silence.leaf,
        options: options.map(({ to, ...rest }) => ({ ...rest, takes: takenBy(to, neighbours) })),
        maxAttempts: step.max_attempts,
        ...(otherwise === undefined ? {} : { otherwise: 'default' }),
      })
      const exits: Record<string, Target> = { failure: handoffStage, person: personStage, ...silence.exits }
      for (const { exit, to } of options) exits[exit] = to
      if (otherwise !== undefined) exits['default'] = otherwise
      return { node: { op: 'sequence', children: [say, choose] }, exits }
    },
  }
}

/** Fields that a step collects, or takes as arguments of its calls. */
function takenBy(id: string, neighbours: Neighbours): Field[] {
  const next = neighbours.step(id)
  if (!next) return []
  return next.collects.length > 0 ? next.collects : neighbours.fields(next.alternatives.flatMap((call) => call.sources))
}

function statement(step: Inform, context: StepContext): Step {
  const words = speech(step, context)
  const next = context.wayOn(step.next_step, ['next_step'])
  const waits = step.await_input === true
  if (!waits && step.on_silence !== undefined) {
    context.report.warning('silence_unused', ['on_silence'], 'This step waits for nothing.', {
      fix: 'Add `await_input: true` or `options`, or remove it.',
    })
  }
  const silence = waits ? context.silence(step.on_silence) : noSilence
  return {
    collects: [],
    requires: [],
    alternatives: [],
    leads: [{ to: next, by: 'flow' }, ...silence.leads],
    lower() {
      const say = leaf('say', { ...words, options: [] })
      if (!waits) return { node: say, exits: { success: next } }
      // Whatever is answered, it was what the step waited for.
      const pause = leaf('pause', { ...speaker(step), ...silence.leaf, fields: [], uses: [], maxAttempts: 1 })
      return {
        node: { op: 'sequence', children: [say, pause] },
        exits: { success: next, correct: next, failure: next, person: personStage, ...silence.exits },
      }
    },
  }
}
