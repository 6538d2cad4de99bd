import { fieldsOf, parse, type Condition } from '@copse/conditions'
import type { Json } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import { z } from 'zod'
import { handoffStage, personStage, type Target } from '../graph/stage-graph.ts'
import type { Path } from '../parse/value.ts'
import { json, texts, word } from '../parse/words.ts'
import { onSilence, stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { exitNames, unique } from './names.ts'
import { noSilence } from './silence.ts'
import { speaker, speech } from './speech.ts'
import { defineStep, type StepContext } from './step.ts'
import { titled } from './titled.ts'

const branch = z.strictObject({
  condition: json.optional(),
  condition_description: z.string().optional(),
  next_step: target,
})
const label = z.strictObject({
  id: z.string().optional(),
  description: texts,
  keywords: z.array(word).default([]),
  next_step: target,
})
const shape = z.strictObject({
  ...stepKeys,
  conditions: z.array(branch).default([]),
  else: target.optional(),
  next_step: target.optional(),
  classify: z.strictObject({ labels: z.array(label).min(1), result_key: z.string().optional() }).optional(),
  classify_categories: z.array(z.string()).optional(),
  classify_result_key: z.string().optional(),
  on_silence: onSilence,
})
type Evaluate = z.infer<typeof shape>

interface Branches {
  decided: { when: Condition; to: string; title: string | undefined }[]
  /** What a model may choose among. */
  labels: { id: string; description: string; titles?: Record<string, string>; keywords: string[]; to: string }[]
}

/** Decides where to go on: by conditions, and only when none holds and the author lists labels, by a model's choice. */
export const evaluate = defineStep({
  action: 'evaluate',
  shape,
  read(step, context) {
    const { decided, labels } = context.dialect === 'p' ? readLoose(step, context) : readStrict(step, context)
    const otherwise = otherwiseOf(step, context)
    const words = speech(step, context)
    const resultKey = step.classify?.result_key ?? step.classify_result_key
    if (resultKey !== undefined) context.writes(resultKey)
    if (step.conditions.length + labels.length === 0) {
      context.report.error('no_branches', [], 'There is nothing to decide here.', { fix: 'Add `conditions:`.' })
    }

    if (labels.length === 0 && step.say !== undefined) {
      context.report.warning('say_unused', ['say'], 'Conditions decide without a word: this is never said.')
    }

    const asks = labels.length > 0
    if (!asks && step.on_silence !== undefined) {
      context.report.warning('silence_unused', ['on_silence'], 'This step waits for nothing.', { fix: 'Remove it.' })
    }
    const silence = asks ? context.silence(step.on_silence) : noSilence

    return {
      collects: [],
      requires: [],
      alternatives: [],
      leads: [
        ...decided.map(({ to, when }) => ({ to, by: 'condition' as const, fields: fieldsOf(when) })),
        ...labels.map(({ to }) => ({ to, by: 'classification' as const })),
        { to: otherwise, by: 'flow' as const },
        ...silence.leads,
      ],
      lower() {
        const exits = exitsTo([...decided, ...labels].map(({ to }) => to))
        const conditionsOnly = labels.length === 0
        const decide = leaf('decide', {
          ...(conditionsOnly ? words : speaker(step)),
          branches: decided.map(({ when, to, title }) => ({
            when,
            exit: exits.nameOf(to),
            ...(title === undefined ? {} : { title }),
          })),
          ...(conditionsOnly && otherwise !== handoffStage ? { otherwise: 'else' } : {}),
        })
        const classify = leaf('classify', {
          ...words,
          ...silence.leaf,
          labels: labels.map(({ to, ...label }) => ({ ...label, exit: exits.nameOf(to) })),
          ...(resultKey === undefined ? {} : { resultKey }),
        })
        const targets = { ...exits.targets, else: otherwise, failure: otherwise }
        if (conditionsOnly) return { node: decide, exits: targets }
        const node: NodeSpec =
          decided.length === 0 ? classify : { op: 'selector', children: [{ ...decide, name: 'conditions' }, classify] }
        return { node, exits: { ...targets, person: personStage, ...silence.exits } }
      },
    }
  },
})

function readStrict(step: Evaluate, context: StepContext): Branches {
  for (const key of ['next_step', 'classify_categories', 'classify_result_key'] as const) {
    if (step[key] === undefined) continue
    const fix = key === 'next_step' ? 'Call it "else".' : 'Write `classify: {labels: […], result_key: …}`.'
    context.report.error('unknown_key', [], `"${key}" is not a key that is known here.`, { key, fix })
  }
  const decided = step.conditions.flatMap((branch, index) => {
    const path = ['conditions', index]
    if (branch.condition !== undefined) return readBranch(branch, branch.condition, path, context)
    const fix = 'Write a condition, or list it under `classify` if a model is to choose.'
    context.report.error('condition_missing', path, 'This branch has no condition.', { fix })
    return []
  })
  return { decided, labels: labelsOf(step, context) }
}

function labelsOf(step: Evaluate, context: StepContext): Branches['labels'] {
  const taken = new Set<string>()
  return (step.classify?.labels ?? []).map(({ id, description, keywords, next_step }, index) => {
    const { title = '', ...more } = titled(description, context.header)
    return {
      id: unique(id ?? next_step, taken),
      description: title,
      ...more,
      keywords,
      to: context.target(next_step, ['classify', 'labels', index, 'next_step']),
    }
  })
}

/** Dialect P: a branch in free text, and a category without a branch, are labels for a model to choose among. */
function readLoose(step: Evaluate, context: StepContext): Branches {
  const decided: Branches['decided'] = []
  const labels = labelsOf(step, context)
  const taken = new Set(labels.map((label) => label.id))
  const addLabel = (description: string, next: string, path: Path): void => {
    const to = context.target(next, path)
    labels.push({ id: unique(next, taken), description, keywords: [], to })
  }
  for (const [index, branch] of step.conditions.entries()) {
    const path = ['conditions', index]
    const { condition } = branch
    if (condition !== undefined && !isFreeText(condition)) {
      decided.push(...readBranch(branch, condition, path, context))
      continue
    }
    const description = branch.condition_description ?? (typeof condition === 'string' ? condition : branch.next_step)
    const fix = 'Write a condition if facts can decide it.'
    context.report.warning('free_text_condition', path, 'This branch is free text: a model will choose it.', { fix })
    addLabel(description, branch.next_step, [...path, 'next_step'])
  }
  for (const [index, category] of (step.classify_categories ?? []).entries()) {
    const listed = step.conditions.some((branch) => branch.next_step === category)
    if (!listed) addLabel(category.replaceAll('_', ' '), category, ['classify_categories', index])
  }
  return { decided, labels }
}

/** Not an expression that went wrong: it holds nothing that an expression is made of. */
const isFreeText = (condition: Json): boolean =>
  typeof condition === 'string' && !parse(condition).ok && !/[=<>]/.test(condition)

function readBranch(
  branch: Evaluate['conditions'][number],
  condition: Json,
  path: Path,
  context: StepContext,
): Branches['decided'] {
  const when = context.condition(condition, [...path, 'condition'])
  const to = context.target(branch.next_step, [...path, 'next_step'])
  return when ? [{ when, to, title: branch.condition_description }] : []
}

function otherwiseOf(step: Evaluate, context: StepContext): string {
  if (step.else !== undefined) return context.target(step.else, ['else'])
  if (context.dialect === 'copse') {
    const fix = 'Add `else:` with the step to go on with when no condition is true.'
    context.report.error('else_missing', [], 'Nothing says what happens when no condition is true.', { fix })
    return handoffStage
  }
  return step.next_step === undefined ? handoffStage : context.target(step.next_step, ['next_step'])
}

/** One exit per target, named after it. */
function exitsTo(targets: string[]): { nameOf(to: string): string; targets: Record<string, Target> } {
  const taken = exitNames()
  const names = new Map([...new Set(targets)].map((to) => [to, unique(to.replace('$', ''), taken)]))
  return {
    nameOf: (to) => names.get(to) as string,
    targets: Object.fromEntries([...names].map(([to, name]) => [name, to])),
  }
}
