import {
  readPath,
  type EffectOutcome,
  type JsonObject,
  type LeafConfig,
  type OperationManifest,
} from '@copse/contracts'
import { fill } from '../say/template.ts'
import { summaryFor } from '../turn-scope.ts'
import { speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'call'>

/** What a success writes, as its manifest declares. `single` reads the one element of a list. */
export function writeDeclared(ctx: DialogueCtx, operation: OperationManifest, data: JsonObject): void {
  for (const { field, from, single } of operation.writes) {
    const list = single && operation.options ? readPath(data, operation.options.list) : undefined
    const whole = Array.isArray(list) ? list[0] : data
    const value = readPath(whole, from)
    if (value !== undefined && value !== null) ctx.set(field, value, 'tool')
  }
}

/** The step's own words, else the operation's summary of what came of it; without either it says nothing. */
export function report(
  ctx: DialogueCtx,
  config: Config,
  operation: OperationManifest,
  args: JsonObject,
  outcome: EffectOutcome & { status: 'ok' },
): void {
  const summary = summaryFor(operation, ctx.services)
  const repeated = outcome.repeated === true || outcome.data['repeated'] === true
  const read = lookup(ctx, args, outcome.data)
  const text = repeated ? (summary.repeated ?? summary.ok) : summary.ok
  const spoken = (repeated && summary.repeated !== undefined) || config.say === undefined ? text : undefined
  if (spoken === undefined && config.say === undefined) return
  speak(
    ctx,
    config,
    {
      action: 'call',
      outcome: repeated ? 'repeated' : 'ok',
      ...(spoken === undefined ? {} : { text: fill(spoken, read) }),
    },
    read,
  )
}

/** Result first, then arguments, then the blackboard. */
export const lookup = (ctx: DialogueCtx, args: JsonObject, data: JsonObject | undefined) => (path: string) =>
  readPath(data, path) ?? readPath(args, path) ?? ctx.read(path)
