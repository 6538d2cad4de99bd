import type { ParentCtx } from '../../tree/definition.ts'
import type { Json } from '../../tree/json.ts'
import { canonicalJson, sha256 } from '../../tree/hash.ts'
import { EngineFault } from '../../tree/faults.ts'
import type { Step } from '../../tree/status.ts'
import type { EffectOutcome } from '../../run/journal.ts'

/** Values that several sessions share, read and put through the journal, so that a re-run sees what the first run saw. */

export function keyFor(ctx: ParentCtx, what: string, paths: readonly string[]): string {
  return `${what}:${sha256(canonicalJson(paths.map((path) => ctx.read(path) ?? null))).slice(0, 32)}`
}

/** Each try of a retry asks anew: what was kept meanwhile counts. */
export function askShelf(ctx: ParentCtx, key: string): Step {
  const { shelf } = ctx
  if (shelf === undefined) {
    throw new EngineFault('no_shelf', 'it keeps something for other sessions; give the turn a shelf to keep it on')
  }
  return ctx.ask('shelf.get', { key }, { policy: 'read', eachTry: true }, async () => {
    try {
      const value = await shelf.get(key)
      return { status: 'ok', data: value === undefined ? {} : { value } }
    } catch (error) {
      return unreachable(error)
    }
  })
}

export function putOnShelf(ctx: ParentCtx, key: string, value: Json, untilMs: number | undefined): Step {
  const { shelf } = ctx
  const args = { key, value, untilMs: untilMs ?? null }
  return ctx.ask('shelf.put', args, { policy: 'idempotent', eachTry: true }, async () => {
    try {
      await shelf!.put(key, value, untilMs)
      return { status: 'ok', data: {} }
    } catch (error) {
      return unreachable(error)
    }
  })
}

export function valueIn(outcome: EffectOutcome): Json | undefined {
  return outcome.status === 'ok' ? outcome.data['value'] : undefined
}

/** What is kept elsewhere may be out of reach: no reason to fault a session. */
function unreachable(error: unknown): EffectOutcome {
  const reason = error instanceof Error ? error.message : String(error)
  return { status: 'unavailable', code: 'shelf_unavailable', reason }
}
