import { correctLeaf, type JsonObject, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { hidden } from '../hidden.ts'
import type { Deed } from '../history.ts'
import { dependsOn, type PathTaken, type Taken } from '../path.ts'
import { phrase } from '../phrases.ts'
import { redoFor } from '../redo.ts'
import { fill, show } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'
import type { Correction } from './corrections.ts'
import { lineOf } from './read-aloud.ts'
import { speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'correct'>

/** Takes back what was done by the old values, then takes the new ones and leads to where they were asked for. */
export const correct: NodeDefinition<TurnScope, Config> = {
  op: 'correct',
  kind: 'leaf',
  config: correctLeaf,
  run(ctx, config): Status {
    const { path } = ctx.services
    const given = ctx.read(hidden.correction) as unknown as (Correction & { plan?: Plan }) | undefined
    if (!path || !given || !('values' in given)) return ctx.fail('nothing_to_correct', 'Nobody corrected anything.')
    const from = ctx.entered()?.from ?? ''
    const { plan = planned(ctx, config, given, from), ...correction } = given
    if ('why' in plan) return giveUp(ctx, config, correction, plan)
    if (plan.running !== undefined && (from !== plan.running || ctx.entered()?.exit !== 'success'))
      return giveUp(ctx, config, correction, { why: `${plan.running} could not take back what was done.`, deeds: [] })
    const [next, ...undo] = plan.undo
    if (next === undefined) return begin(ctx, config, correction, plan)
    ctx.set(hidden.correction, { ...correction, plan: { ...plan, undo, running: next } }, 'system')
    ctx.exit(`undo:${next}`)
    return Success
  },
}

/** Kept while steps that take something back are done. */
interface Plan {
  start: number
  forgotten: string[]
  /** Steps whose work is taken back. */
  deeds: string[]
  undo: string[]
  running?: string
}
interface Stuck {
  why: string
  /** Steps whose work stands in the way. */
  deeds: string[]
}

function planned(ctx: DialogueCtx, { steps }: Config, { values }: Correction, waiting: string): Plan | Stuck {
  const redo = redoFor(ctx.services.path!, Object.keys(values), waiting)
  if (!redo) return { why: 'It was said too long ago to be changed here.', deeds: [] }
  const { start, forgotten, affected } = redo
  const deeds = affected.map(({ step }) => step)
  // Of what a step did twice, only the last is still known.
  const isTwice = new Set(deeds).size < deeds.length
  if (isTwice || affected.some(({ step, uncertain }) => uncertain || steps[step]?.undo === undefined)) {
    const work = affected.map(({ step, did = [] }) => `${did.join(', ')} at ${step}`)
    return { why: `Done by what was said before, and not taken back: ${work.join('; ')}.`, deeds }
  }
  return { start, forgotten, deeds, undo: affected.flatMap(({ step }) => steps[step]?.undo ?? []) }
}

function begin(ctx: DialogueCtx, config: Config, { values }: Correction, { start, forgotten, deeds }: Plan): Status {
  const path = ctx.services.path!
  for (const field of forgotten) {
    // What the customer said themselves stays said.
    const isTold = Object.hasOwn(config.askedBy, field) && ctx.cell(field)?.by !== 'tool'
    if (!isTold) ctx.unset(field)
  }
  path.again = againAfter(path, start, deeds)
  path.changed = new Set([...Object.keys(values), ...forgotten])
  path.taken = path.taken.slice(0, start)
  path.open = {}
  for (const [key, value] of Object.entries(values)) ctx.set(key, value, 'customer')
  ctx.unset(hidden.correction)
  const text = told(ctx, config, values, 'corrected')
  speak(ctx, { step: config.step, title: 'correction' }, { action: 'corrected', text })
  ctx.exit(`to:${path.again[0]!.step}`)
  return Success
}

/** Of the way before an earlier correction, what depends on that one has not been gone again yet, and must be. */
function againAfter({ corrections, taken, again, changed }: PathTaken, start: number, undone: string[]): Taken[] {
  const isStale = (one: Taken): boolean => undone.includes(one.step) || dependsOn(corrections, one, changed)
  return [
    ...taken.slice(start).map((one) => (undone.includes(one.step) ? anew(one) : one)),
    ...again.map((one) => ({ ...(isStale(one) ? anew(one) : one), lap: (one.lap ?? 0) + 1 })),
  ]
}

const anew = ({ step, exit }: Taken): Taken => ({ step, exit, stale: true })

/** Never silence: the customer is told what stands in the way, and a person what was to be changed. */
function giveUp(ctx: DialogueCtx, config: Config, { values }: Correction, { why, deeds }: Stuck): Status {
  const changes = Object.entries(values).map(
    ([key, value]) => `${key} from ${show(ctx.read(key)) || 'nothing'} to ${show(value)}`,
  )
  const known = (ctx.read(hidden.deeds) ?? []) as unknown as Deed[]
  const done = known.filter(({ step }) => deeds.includes(step)).flatMap(({ text }) => text ?? [])
  const text = [
    told(ctx, config, values, 'correction_heard'),
    ...(done.length > 0 ? [phrase('done_before', ctx.services.language), ...done] : []),
  ]
  speak(ctx, { step: config.step, title: 'correction' }, { action: 'corrected', text: text.join(' ') })
  ctx.set(hidden.correction, { why: `The customer corrects ${changes.join(', ')}. ${why}` }, 'system')
  ctx.exit('handoff')
  return Success
}

function told(ctx: DialogueCtx, config: Config, values: JsonObject, name: 'corrected' | 'correction_heard'): string {
  const changes = config.fields
    .filter(({ key }) => Object.hasOwn(values, key))
    .map((field) => lineOf(field, values[field.key], ctx.services))
  return fill(phrase(name, ctx.services.language), () => changes.join(', '))
}
