import { rename, validateCondition } from '@copse/conditions'
import { leaves, type Field, type Json, type LeafConfig, type LeafOp } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import { destination, type Stage, type Target } from './stage-graph.ts'

/** What the steps and fields of a subprocedure are called where it is used, so that they are its own. */
export interface Scope {
  step: (id: string) => string
  field: (path: string) => string
}

export const scopedStage = ({ id, node, exits }: Stage, scope: Scope): Stage => ({
  id: scope.step(id),
  node: { ...scopedNode(node, scope), name: scope.step(id) },
  exits: Object.fromEntries(Object.entries(exits).map(([exit, target]) => [exit, scopedTarget(target, scope)])),
})

const scopedTarget = (target: Target, scope: Scope): Target =>
  typeof target === 'string' ? scope.step(target) : { ...target, to: scope.step(destination(target)) }

function scopedNode(node: NodeSpec, scope: Scope): NodeSpec {
  const { op, config, children } = node
  const inner = children === undefined ? {} : { children: children.map((child) => scopedNode(child, scope)) }
  if (op === 'if') {
    const { branches } = config as { branches: Json[] }
    return { ...node, ...inner, config: { branches: branches.map((one) => condition(one, scope)) } }
  }
  if (!Object.hasOwn(leaves, op)) return { ...node, ...inner }
  const own = rewrites[op as keyof typeof rewrites] as ((config: unknown, scope: Scope) => object) | undefined
  const words = wordsOf(config as Words, scope)
  return { ...node, ...inner, config: { ...words, ...own?.({ ...words }, scope) } as Json }
}

type Words = LeafConfig<'collect'>

/** What every leaf has. */
const wordsOf = (config: Words, scope: Scope): Words => ({
  ...config,
  step: scope.step(config.step),
  ...(config.say === undefined ? {} : { say: texts(config.say, scope) }),
  ...(config.silence === undefined
    ? {}
    : {
        silence: config.silence.map((one) => (one.say === undefined ? one : { ...one, say: texts(one.say, scope) })),
      }),
})

/** Which parts of a leaf's configuration name fields or steps; of flows' leaves none: no flow is a step. What corrects comes later. */
type Rewrites = {
  [Op in Exclude<LeafOp, 'link' | 'enter' | 'offer' | 'listen' | 'recover' | 'correct' | 'globals'>]:
    | ((config: LeafConfig<Op>, scope: Scope) => Partial<LeafConfig<Op>>)
    | undefined
}

const rewrites: Rewrites = {
  collect: ({ fields, required, requiredAny }, scope) => ({
    fields: fieldsOf(fields, scope),
    required: required.map(scope.field),
    requiredAny: requiredAny.map((group) => group.map(scope.field)),
  }),
  call: ({ arguments: given, resultKey, successWhen, scope: inner = '', undo }, scope) => ({
    ...(undo === undefined ? {} : { undo: undo.map(scope.step) }),
    arguments: argumentsOf(given, scope),
    ...key(resultKey, scope),
    ...(successWhen === undefined ? {} : { successWhen: condition(successWhen, scope) }),
    scope: scope.field(inner),
  }),
  table: ({ inputs, resultKey, scope: inner = '' }, scope) => ({
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, field]) => [name, scope.field(field)])),
    ...key(resultKey, scope),
    scope: scope.field(inner),
  }),
  decide: ({ branches }, scope) => ({
    branches: branches.map((branch) => ({ ...branch, when: condition(branch.when, scope) })),
  }),
  classify: ({ resultKey }, scope) => key(resultKey, scope),
  say: undefined,
  choose: ({ options }, scope) => ({
    options: options.map((option) => ({ ...option, takes: fieldsOf(option.takes, scope) })),
  }),
  pause: ({ fields, uses }, scope) => ({ fields: fieldsOf(fields, scope), uses: uses.map(scope.field) }),
  confirm: ({ arguments: given }, scope) => ({ arguments: argumentsOf(given, scope) }),
  review: ({ fields }, scope) => ({ fields: fieldsOf(fields, scope) }),
  missing: ({ fields, askedBy }, scope) => ({
    fields: fields.map(scope.field),
    ...(askedBy === undefined
      ? {}
      : {
          askedBy: askedBy.map((one) => ({
            ...one,
            step: scope.step(one.step),
            fields: one.fields.map(scope.field),
          })),
        }),
  }),
  schedule_task: ({ task, key: name, when }, scope) => ({
    task: scope.step(task),
    key: text(name, scope),
    when: 'at' in when ? { ...when, at: text(when.at, scope) } : when,
  }),
  cancel_task: ({ task, key: name }, scope) => ({ task: scope.step(task), key: text(name, scope) }),
  rest: ({ when, meanwhile }, scope) => ({
    when: 'until' in when ? { until: scope.field(when.until) } : when,
    ...(meanwhile === undefined ? {} : { meanwhile: texts(meanwhile, scope) }),
  }),
  handoff: ({ summary, data }, scope) => ({
    ...(summary === undefined ? {} : { summary: text(summary, scope) }),
    ...(data === undefined ? {} : { data: data.map(scope.field) }),
  }),
  pass: ({ values, scope: inner }, scope) => ({
    ...(inner === undefined ? {} : { scope: scope.field(inner) }),
    values: values.map(({ to, source, ...rest }) => ({
      to: scope.field(to),
      ...(source === undefined ? {} : { source: scope.field(source) }),
      ...rest,
    })),
  }),
  remember: ({ keeps }, scope) => ({
    keeps: Object.fromEntries(Object.entries(keeps).map(([name, field]) => [name, scope.field(field)])),
  }),
  end: undefined,
}

const key = (resultKey: string | undefined, scope: Scope): { resultKey?: string } =>
  resultKey === undefined ? {} : { resultKey: scope.field(resultKey) }

/** A customer reads the title, or the key where there is nothing better. */
const fieldsOf = (fields: readonly Field[], scope: Scope): Field[] =>
  fields.map((field) => ({
    ...field,
    key: scope.field(field.key),
    ...(field.title === undefined && field.description === '' ? { title: field.key.replaceAll('_', ' ') } : {}),
  }))

const argumentsOf = (given: LeafConfig<'call'>['arguments'], scope: Scope): LeafConfig<'call'>['arguments'] =>
  given.map((one) => (one.source === undefined ? one : { ...one, source: scope.field(one.source) }))

const condition = (json: Json, scope: Scope): Json => rename(validateCondition(json), scope.field)

const text = (template: string, scope: Scope): string =>
  template.replace(/\{\{\s*([\w.$-]+)\s*\}\}/g, (_, path: string) => `{{${scope.field(path)}}}`)

const texts = (all: Record<string, string>, scope: Scope): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([language, one]) => [language, text(one, scope)]))
