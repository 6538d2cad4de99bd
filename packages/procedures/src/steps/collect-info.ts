import { exists, type Condition } from '@copse/conditions'
import type { Field } from '@copse/contracts'
import { formatDuration, parseDuration } from '@copse/time'
import { z } from 'zod'
import { handoffStage, personStage } from '../graph/stage-graph.ts'
import { kindOf } from '../parse/ports.ts'
import { suggestion } from '../report/suggest.ts'
import { all, any } from './conditions.ts'
import { checkField, fieldOf, fieldShape } from './fields.ts'
import { onSilence, stepKeys, target } from './keys.ts'
import { leaf } from './leaf.ts'
import { speech } from './speech.ts'
import { defineStep, type Alternative, type StepContext } from './step.ts'

const shape = z.strictObject({
  ...stepKeys,
  extract_fields: z.array(fieldShape).min(1, 'names at least one field'),
  required_fields: z.array(z.string()).default([]),
  required_any: z
    .union([z.array(z.string()), z.array(z.array(z.string()))], 'should be a list of fields, or of lists of fields')
    .default([]),
  max_attempts: z.number().int().positive().max(10).default(3),
  /** How long to wait for more before a reply is read: `3s`, or `0s` to read at once. */
  quiet: z.string().optional(),
  next_step: target.optional(),
  on_failure: target.optional(),
  on_silence: onSilence,
})
type CollectInfo = z.infer<typeof shape>

/** Nobody waits longer than this for the end of a burst. */
const longestQuietMs = 5_000

/** Asks the customer until everything required is known. */
export const collectInfo = defineStep({
  action: 'collect_info',
  shape,
  read(step, context) {
    const fields = fieldsOf(step, context)
    const known = new Set(fields.map((field) => field.key))
    const required = step.required_fields.filter((key, index) =>
      isKnown(key, known, ['required_fields', index], context),
    )
    const requiredAny = groupsOf(step.required_any).map((group) =>
      group.filter((key) => isKnown(key, known, ['required_any'], context)),
    )
    const next = context.wayOn(step.next_step, ['next_step'])
    const failure = step.on_failure === undefined ? handoffStage : context.target(step.on_failure, ['on_failure'])
    const words = speech(step, context)
    const silence = context.silence(step.on_silence)
    const quietMs = quietOf(step, context)
    for (const { key, type } of fields) context.writes(key, kindOf(type))

    return {
      collects: fields,
      requires: [...required, ...requiredAny.flat()],
      alternatives: [],
      leads: [{ to: next, by: 'flow' }, { to: failure, by: 'flow' }, ...silence.leads],
      lower(neighbours) {
        const calls = context.dialect === 'p' ? (neighbours.step(next)?.alternatives ?? []) : []
        const enough = enoughFor(calls, fields)
        const node = leaf('collect', {
          ...words,
          ...silence.leaf,
          fields,
          required,
          requiredAny: requiredAny.filter((group) => group.length > 0),
          maxAttempts: step.max_attempts,
          ...(quietMs === undefined ? {} : { quietMs }),
          triggers: context.header.triggers,
          ...(enough ? { completeWhen: enough } : {}),
        })
        return { node, exits: { success: next, failure, person: personStage, ...silence.exits } }
      },
    }
  },
})

function quietOf({ quiet }: CollectInfo, { report }: StepContext): number | undefined {
  if (quiet === undefined) return undefined
  const ms = parseDuration(quiet)
  if (ms !== undefined && ms <= longestQuietMs) return ms
  report.error('quiet_invalid', ['quiet'], `"${quiet}" is not a time from 0s to ${formatDuration(longestQuietMs)}.`, {
    fix: 'Write e.g. 3s; leave it out for what the channel does by itself.',
  })
  return undefined
}

function fieldsOf(step: CollectInfo, context: StepContext): Field[] {
  const seen = new Set<string>()
  return step.extract_fields.flatMap((given, index) => {
    if (seen.has(given.key)) {
      context.report.error('duplicate_field', ['extract_fields', index, 'key'], `"${given.key}" is listed twice.`)
      return []
    }
    seen.add(given.key)
    const field = fieldOf(given, step.required_fields.includes(given.key), context)
    checkField(given, field, ['extract_fields', index], context)
    return [field]
  })
}

function isKnown(key: string, known: ReadonlySet<string>, path: (string | number)[], context: StepContext): boolean {
  if (known.has(key)) return true
  const message = `"${key}" is required but not among extract_fields, so it would never be asked for.`
  context.report.error('unknown_field', path, message, { fix: () => suggestion(key, known) })
  return false
}

const groupsOf = (given: string[] | string[][]): string[][] =>
  given.every((item) => typeof item === 'string') ? (given.length > 0 ? [given] : []) : given

/** Dialect P: one of its own fields is known, and a call that comes next can run with what there is. */
function enoughFor(calls: Alternative[], fields: Field[]): Condition | undefined {
  if (calls.length === 0) return undefined
  const own = any(fields.map((field) => exists(field.key)))
  const runnable = calls.map((call) => call.runnable)
  const canRun = runnable.includes(undefined) ? undefined : any(runnable.filter((condition) => condition !== undefined))
  return all([own, canRun].filter((condition) => condition !== undefined))
}
