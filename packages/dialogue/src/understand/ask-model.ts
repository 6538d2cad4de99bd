import { Fault, type EffectOutcome, type JsonObject, type Usage } from '@copse/contracts'
import type { Ctx } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'

type Ask = (signal: AbortSignal) => Promise<{ data: JsonObject; usage: Usage }>

/**
 * One model call, journaled like any effect: a re-run after a crash sees the same answer. At most one per purpose and
 * turn, none when the provider has only the deterministic means that were tried already. Undefined: go on without.
 */
export async function askModel(
  ctx: Ctx<TurnScope>,
  purpose: string,
  args: JsonObject,
  ask: Ask,
): Promise<JsonObject | undefined> {
  const scope = ctx.services
  if (!mayAsk(scope, purpose)) return undefined
  const outcome = await ctx.effect(`model:${purpose}`, args, { policy: 'read' }, answering(scope, ask))
  return outcome.status === 'ok' ? outcome.data : undefined
}

/** True once per purpose and turn, and only for a real model. */
export function mayAsk(scope: TurnScope, purpose: string): boolean {
  if (scope.model.capabilities.json === 'task' || scope.asked.has(purpose)) return false
  scope.asked.add(purpose)
  return true
}

/** A model that fails is an outcome to live with; anything else that is thrown is a bug and surfaces. Books the tokens. */
export function answering(scope: TurnScope, ask: Ask): (key: string, signal: AbortSignal) => Promise<EffectOutcome> {
  return async (_, signal) => {
    try {
      const { data, usage } = await ask(signal)
      scope.usage.push(usage)
      return { status: 'ok', data }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const spent = error.extra['usage'] as Usage | undefined
      if (spent) scope.usage.push(spent)
      return { status: 'unavailable', code: error.code, reason: error.message }
    }
  }
}
