import {
  callLeaf,
  canonicalJson,
  type EffectOutcome,
  type Json,
  type JsonObject,
  type LeafConfig,
  type OperationManifest,
} from '@copse/contracts'
import { Failure, Success, type NodeDefinition, type Status, type Test } from '@copse/engine'
import { hidden } from '../hidden.ts'
import type { TurnScope } from '../turn-scope.ts'
import { summaryFor } from '../turn-scope.ts'
import { fill } from '../say/template.ts'
import { argumentsFor } from './arguments.ts'
import { lookup, report, writeDeclared } from './outcome.ts'
import { recovered } from './recover.ts'
import { rememberFields } from './remember.ts'
import { matchesOf, offerMatches, takeChoice, type Matches } from './matches.ts'
import { speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'call'>
type Prepared = Config & { succeeded: Test | undefined }

/**
 * Performs one operation. The ledger sees to it that it happens once; this leaf turns its outcome into an exit:
 * success, no, unavailable, uncertain, not_identified. It speaks after success, never before.
 */
export const call: NodeDefinition<TurnScope, Config, Prepared> = {
  op: 'call',
  kind: 'leaf',
  config: callLeaf,
  prepare: (config, { condition }) => ({
    ...config,
    succeeded: config.successWhen === undefined ? undefined : condition(config.successWhen),
  }),
  async run(ctx, config): Promise<Status> {
    const operation = scoped(ctx.services.operations.manifest(config.operation), config.scope)
    if (!operation)
      return leave(ctx, config, 'unavailable', 'operation_unknown', `No connector offers ${config.operation}.`)
    const event = ctx.event()
    const built = argumentsFor(ctx, operation, config.arguments)
    if (event) {
      const call = built.ok ? built : { args: {}, sources: [] }
      const none = (code: string): Status =>
        refused(ctx, config, operation, call, { code, reason: 'None of the matches was chosen.' })
      return takeChoice(ctx, config, operation, ctx.memory as unknown as Matches, event, none)
    }
    if (!built.ok) {
      const cause = built.code === 'not_identified' ? ctx.services.identityUnavailable : undefined
      return cause !== undefined
        ? leave(ctx, config, 'unavailable', 'identity_unavailable', `${built.reason} ${cause}`)
        : leave(ctx, config, built.code, built.code, built.reason)
    }
    const outcome = await perform(ctx, operation, built.args)
    return settle(ctx, config, operation, built, outcome)
  },
}

/** As a subprocedure sees it: what it writes is its own. */
const scoped = (operation: OperationManifest | undefined, scope: string | undefined): OperationManifest | undefined =>
  operation === undefined || scope === undefined
    ? operation
    : { ...operation, writes: operation.writes.map((write) => ({ ...write, field: `${scope}${write.field}` })) }

function perform(ctx: DialogueCtx, operation: OperationManifest, args: JsonObject): Promise<EffectOutcome> {
  const { operations } = ctx.services
  const { name, reconcile } = operation
  return ctx.effect(
    name,
    args,
    {
      policy: operation.effect,
      ...(operation.naturalKey ? { naturalKey: naturalKeyOf(operation, operation.naturalKey, args) } : {}),
      ...(reconcile ? { reconcile: (key, signal) => reconciled(ctx, reconcile, key, signal) } : {}),
    },
    (key, signal) => operations.call(name, args, key, signal),
  )
}

/** What is acted on, and for whom: the ledger knows no owners, so one customer must never get another's outcome. */
function naturalKeyOf({ customer }: OperationManifest, params: readonly string[], args: JsonObject): string {
  const named = customer === undefined || params.includes(customer) ? params : [customer, ...params]
  return named.map((param) => canonicalJson(args[param])).join('/')
}

/** Asks the outside whether an uncertain call happened: `{happened, result}`. Undefined: still not known. */
async function reconciled(
  ctx: DialogueCtx,
  name: string,
  key: string,
  signal: AbortSignal,
): Promise<EffectOutcome | undefined> {
  const answer = await ctx.services.operations.call(name, { key }, key, signal)
  if (answer.status !== 'ok') return undefined
  const result = answer.data['result']
  if (answer.data['happened'] === true)
    return { status: 'ok', data: result !== null && typeof result === 'object' && !Array.isArray(result) ? result : {} }
  return answer.data['happened'] === false
    ? { status: 'unavailable', code: 'not_done', reason: 'The outside says that it did not happen.' }
    : undefined
}

function settle(
  ctx: DialogueCtx,
  config: Prepared,
  operation: OperationManifest,
  call: { args: JsonObject; sources: string[] },
  outcome: EffectOutcome,
): Status {
  if (outcome.status === 'unavailable' || outcome.status === 'uncertain')
    return leave(ctx, config, outcome.status, outcome.code, outcome.reason)
  if (outcome.status === 'no') return refused(ctx, config, operation, call, outcome)
  const matches = config.plain ? undefined : matchesOf(operation, outcome.data)
  if (matches) return offerMatches(ctx, config, matches)
  if (config.resultKey !== undefined)
    ctx.set(config.resultKey, config.plain ? bare(outcome.data) : outcome.data, 'tool')
  writeDeclared(ctx, operation, outcome.data)
  if (config.succeeded && ctx.test(config.succeeded) !== true) {
    ctx.decide('success_when', null, ctx.explain(config.succeeded))
    return refused(ctx, config, operation, call, {
      code: 'not_successful',
      reason: `${operation.name} answered, but not with success.`,
    })
  }
  if (config.saveMemory)
    rememberFields(ctx, [...operation.writes.map(({ field }) => field), config.resultKey ?? []].flat(), config.scope)
  if (operation.escalates) ctx.set(hidden.escalated, true, 'system')
  if (!config.plain) report(ctx, config, operation, call.args, outcome)
  return Success
}

/** A result is an object also where it is a list: then that is all it holds. */
function bare(data: JsonObject): Json {
  const { items, ...more } = data
  return Array.isArray(items) && Object.keys(more).length === 0 ? items : data
}

/** A *no* removes what the call declares to write, and what the customer gave for it must be confirmed anew. */
function refused(
  ctx: DialogueCtx,
  config: Config,
  operation: OperationManifest,
  call: { args: JsonObject; sources: string[] },
  outcome: { code: string; reason: string; data?: JsonObject },
): Status {
  if (!config.plain) withdraw(ctx, config, operation, call.sources)
  const text = operation.effect === 'read' ? undefined : summaryFor(operation, ctx.services).no
  if (text !== undefined)
    speak(
      ctx,
      { step: config.step, title: config.title },
      { action: 'call', outcome: 'no', text: fill(text, lookup(ctx, call.args, outcome.data)) },
    )
  return leave(ctx, config, 'no', outcome.code, outcome.reason)
}

function withdraw(ctx: DialogueCtx, config: Config, operation: OperationManifest, sources: readonly string[]): void {
  const given = sources.filter((source) => ['customer', 'model'].includes(ctx.cell(source)?.by ?? ''))
  ctx.unconfirm(given)
  for (const { field } of operation.writes) if (!given.includes(field)) ctx.unset(field)
  if (config.resultKey !== undefined) ctx.unset(config.resultKey)
}

function leave(ctx: DialogueCtx, { plain }: Config, exit: string, code: string, reason: string): typeof Failure {
  if (plain?.onError !== undefined) {
    ctx.exit(plain.onError, 'error')
    return ctx.fail(recovered, `${code}: ${reason}`)
  }
  ctx.exit(exit)
  return ctx.fail(code, reason)
}
