import type { ParentCtx } from '../../tree/definition.ts'
import type { Json } from '../../tree/json.ts'
import { canonicalJson, sha256 } from '../../tree/hash.ts'
import { Running, type Step } from '../../tree/status.ts'
import type { EffectOutcome } from '../../run/journal.ts'

/** Values that several sessions share, read and put through the journal, so that a re-run sees what the first run saw. */

export function keyFor(ctx: ParentCtx, what: string, paths: readonly string[]): string {
  return `${what}:${sha256(canonicalJson(paths.map((path) => ctx.read(path) ?? null))).slice(0, 32)}`
}

export function askShelf(ctx: ParentCtx, key: string): Step {
  const { shelf } = ctx
  if (shelf === undefined)
    return ctx.fail('no_shelf', 'this host keeps nothing for other sessions', { retryable: false })
  ctx.ask('shelf.get', { key }, { policy: 'read' }, async () => {
    try {
      const value = await shelf.get(key)
      return { status: 'ok', data: value === undefined ? {} : { value } }
    } catch (error) {
      return unreachable(error)
    }
  })
  return Running
}

export function putOnShelf(ctx: ParentCtx, key: string, value: Json, untilMs: number | undefined): Step {
  const { shelf } = ctx
  ctx.ask('shelf.put', { key, value, untilMs: untilMs ?? null }, { policy: 'idempotent' }, async () => {
    try {
      await shelf!.put(key, value, untilMs)
      return { status: 'ok', data: {} }
    } catch (error) {
      return unreachable(error)
    }
  })
  return Running
}

export function valueIn(outcome: EffectOutcome): Json | undefined {
  return outcome.status === 'ok' ? outcome.data['value'] : undefined
}

/** What is kept elsewhere may be out of reach: no reason to fault a session. */
function unreachable(error: unknown): EffectOutcome {
  const reason = error instanceof Error ? error.message : String(error)
  return { status: 'unavailable', code: 'shelf_unavailable', reason }
}
