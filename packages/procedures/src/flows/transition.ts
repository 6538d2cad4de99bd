import type { Condition } from '@copse/conditions'
import type { Json, LeafConfig } from '@copse/contracts'
import type { Path } from '../parse/value.ts'
import { suggestion } from '../report/suggest.ts'
import { all } from '../steps/conditions.ts'
import type { FlowContext } from './context.ts'
import type { GlobalShape, TransitionShape } from './shape.ts'

type Triggers = Omit<LeafConfig<'listen'>['transitions'][number], 'exit' | 'sets'>

/** A way from one state to another, and what must hold for it. */
export interface Transition {
  /** Where it stands, for what is found wrong about it later. */
  path: Path
  triggers: Triggers
  sets: { key: string; value: Json }[]
  to: string
  isGlobal: boolean
}

const media = ['image', 'video', 'audio', 'voice', 'document', 'sticker']
/** Names of both vintages, and what each is here. */
const types: Record<string, NonNullable<Triggers['types']>[number]> = {
  text: 'text',
  ...Object.fromEntries(
    ['button', 'button_reply', 'list', 'list_reply', 'interactive', 'payload'].map((name) => [name, 'payload']),
  ),
  ...Object.fromEntries(['media', ...media].map((name) => [name, 'media'])),
  location: 'location',
  form: 'form',
}

export function readTransition(
  given: TransitionShape | GlobalShape,
  path: Path,
  around: FlowContext,
  isGlobal: boolean,
): Transition {
  const context = around.at(path)
  const to = context.target(given.target, ['target'])
  checkTriggers(given, context, isGlobal)
  const { on_payload: payload, on_payload_prefix: prefix, extract_suffix_as: suffix, always } = given
  if (suffix !== undefined) context.writes(suffix, ['extract_suffix_as'])
  const names = given.on_type === undefined ? undefined : [given.on_type].flat()
  const heard = names?.map((name) => typeOf(name, context))
  const when = all([conditionOf(given, context), kindOf(names)].filter((part) => part !== undefined))
  return {
    path,
    triggers: {
      ...(payload === undefined ? {} : { payload }),
      ...(prefix === undefined ? {} : { prefix }),
      ...(suffix === undefined || prefix === undefined ? {} : { suffix }),
      ...(heard === undefined ? {} : { types: [...new Set(heard)] }),
      ...(when === undefined ? {} : { when }),
      ...(always === undefined ? {} : { always }),
    },
    sets: Object.entries(given.set_data ?? {}).map(([key, value]) => {
      context.writes(key, ['set_data', key])
      return { key, value: context.template(value, ['set_data', key]) }
    }),
    to,
    isGlobal,
  }
}

const conditionOf = ({ condition }: TransitionShape, context: FlowContext): Condition | undefined =>
  condition === undefined ? undefined : context.condition(condition, ['condition'])

function typeOf(name: string, { report }: FlowContext): NonNullable<Triggers['types']>[number] {
  const type = types[name]
  if (type !== undefined) return type
  const fix = suggestion(name, Object.keys(types)) ?? 'Write text, button, list, image or location.'
  report.error('unknown_type', ['on_type'], `"${name}" is not a kind of message.`, { fix })
  return 'text'
}

/** `image` is a medium, but not any medium. */
function kindOf(names: readonly string[] | undefined): Condition | undefined {
  const kinds = (names ?? []).filter((name) => media.includes(name))
  if (kinds.length === 0 || kinds.length < (names?.length ?? 0)) return undefined
  return { op: 'in', field: 'message.media_type', values: kinds }
}

function checkTriggers(given: TransitionShape, { report }: FlowContext, isGlobal: boolean): void {
  const {
    on_payload: payload,
    on_payload_prefix: prefix,
    on_type: type,
    condition,
    always,
    extract_suffix_as: suffix,
  } = given
  const heard = payload ?? prefix ?? type
  if (always && isGlobal) {
    const message = 'This would leave every state as soon as it is entered.'
    report.error('always_global', [], message, { key: 'always', fix: 'Move it to the state that it is meant for.' })
  } else if (always && heard !== undefined) {
    const message = '"always" waits for no message, so no message can be asked for beside it.'
    report.error('always_with_trigger', [], message, { key: 'always', fix: 'Remove one of the two.' })
  } else if (!always && heard === undefined && condition === undefined) {
    const fix = 'Add on_payload, on_payload_prefix, on_type, condition, or `always: true`.'
    report.lax('trigger_missing', [], 'Nothing says when this is taken, so it never is.', { fix })
  }
  if (suffix !== undefined && prefix === undefined) {
    const fix = 'Add on_payload_prefix.'
    report.lax('suffix_without_prefix', [], 'There is no prefix for what follows it.', {
      key: 'extract_suffix_as',
      fix,
    })
  }
  if (payload !== undefined && prefix !== undefined && !payload.startsWith(prefix)) {
    const message = `"${payload}" does not begin with "${prefix}", so this is never taken.`
    report.error('never_taken', [], message, { key: 'on_payload', fix: 'Keep one of the two.' })
  }
}

/** Whether nothing is said of when it is taken: it never is. */
export const isNeverTaken = ({ triggers }: Transition): boolean => Object.keys(triggers).length === 0
