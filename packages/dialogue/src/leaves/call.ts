import {
  callLeaf,
  canonicalJson,
  type EffectOutcome,
  type JsonObject,
  type LeafConfig,
  type OperationManifest,
} from '@copse/contracts'
import { Failure, Success, type NodeDefinition, type Status, type Test } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'
import { summaryFor } from '../turn-scope.ts'
import { fill } from '../say/template.ts'
import { argumentsFor } from './arguments.ts'
import { lookup, report, writeDeclared } from './outcome.ts'
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
    const operation = ctx.services.operations.manifest(config.operation)
    if (!operation) return leave(ctx, 'unavailable', 'operation_unknown', `No connector offers ${config.operation}.`)
    const event = ctx.event()
    if (event) return takeChoice(ctx, config, operation, ctx.memory as unknown as Matches, event)
    const built = argumentsFor(ctx, operation, config.arguments)
    if (!built.ok) {
      const unreachable = built.code === 'not_identified' && ctx.services.identityUnavailable
      return unreachable
        ? leave(ctx, 'unavailable', 'identity_unavailable', built.reason)
        : leave(ctx, built.code, built.code, built.reason)
    }
    const outcome = await perform(ctx, operation, built.args)
    return settle(ctx, config, operation, built, outcome)
  },
}

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
    return leave(ctx, outcome.status, outcome.code, outcome.reason)
  if (outcome.status === 'no') return refused(ctx, config, operation, call, outcome)
  const matches = matchesOf(operation, outcome.data)
  if (matches) return offerMatches(ctx, config, matches)
  if (config.resultKey !== undefined) ctx.set(config.resultKey, outcome.data, 'tool')
  writeDeclared(ctx, operation, outcome.data)
  if (config.succeeded && ctx.test(config.succeeded) !== true) {
    ctx.decide('success_when', null, ctx.explain(config.succeeded))
    return refused(ctx, config, operation, call, {
      code: 'not_successful',
      reason: `${operation.name} answered, but not with success.`,
    })
  }
  if (operation.escalates) ctx.set('_escalated', true, 'system')
  report(ctx, config, operation, call.args, outcome)
  return Success
}

/** A *no* removes what the call declares to write, and what the customer gave for it must be confirmed anew. */
function refused(
  ctx: DialogueCtx,
  config: Config,
  operation: OperationManifest,
  call: { args: JsonObject; sources: string[] },
  outcome: { code: string; reason: string; data?: JsonObject },
): Status {
  const given = call.sources.filter((source) => ['customer', 'model'].includes(ctx.cell(source)?.by ?? ''))
  ctx.unconfirm(given)
  for (const { field } of operation.writes) if (!given.includes(field)) ctx.unset(field)
  if (config.resultKey !== undefined) ctx.unset(config.resultKey)
  const text = operation.effect === 'read' ? undefined : summaryFor(operation, ctx.services).no
  if (text !== undefined)
    speak(
      ctx,
      { step: config.step, title: config.title },
      { action: 'call', outcome: 'no', text: fill(text, lookup(ctx, call.args, outcome.data)) },
    )
  return leave(ctx, 'no', outcome.code, outcome.reason)
}

function leave(ctx: DialogueCtx, exit: string, code: string, reason: string): typeof Failure {
  ctx.exit(exit)
  return ctx.fail(code, reason)
}
