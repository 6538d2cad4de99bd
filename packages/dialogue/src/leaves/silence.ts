import type { Json, LeafConfig, Option } from '@copse/contracts'
import { Running, type EngineEvent, type Status } from '@copse/engine'
import { phrase } from '../phrases.ts'
import { fill } from '../say/template.ts'
import { textFor } from '../turn-scope.ts'
import { reader, speak, type DialogueCtx, type Step } from './step.ts'

/** A step that says what happens while the customer says nothing. */
export type Waiting = Step & Pick<LeafConfig<'collect'>, 'silence'>

const prefix = 'silence:'

/**
 * Parks until the customer says something, or has said nothing for long enough. The options are kept with the wait, so
 * that any process can resolve them.
 */
export function waitForReply(ctx: DialogueCtx, config: Waiting, options: readonly Option[] = []): typeof Running {
  return park(ctx, config, options, 0, ctx.now())
}

/** The time of the next thing to do stands in the wait, and which of them it is in its key: nothing else is kept. */
function park(
  ctx: DialogueCtx,
  config: Waiting,
  options: readonly Option[],
  next: number,
  since: number,
): typeof Running {
  ctx.services.step = config.step
  ctx.services.options = [...options]
  const step = config.silence?.[next]
  if (step) ctx.wait({ kind: 'timer', key: `${prefix}${next}`, at: since + step.afterMs })
  return ctx.wait({ kind: 'input', data: { step: config.step, options: options as unknown as Json } })
}

/** What the author wants done about a silence. Undefined: it was not silence that woke the leaf. */
export function onSilence(
  ctx: DialogueCtx,
  config: Waiting,
  event: EngineEvent | undefined,
  options: readonly Option[] = [],
): Status | undefined {
  if (event?.kind !== 'timer') return undefined
  // Who has just spoken is not silent, however long it took: the reply is what counts.
  const { input } = ctx.services
  if (input && !input.readBy.has(ctx.id)) return undefined
  const index = Number(event.key?.slice(prefix.length))
  const step = config.silence?.[index]
  if (!step) return undefined
  const { afterMs, exit, say } = step
  ctx.decide('silence', exit ?? 'nudge', { afterMs })
  const own = textFor(say, ctx.services)
  const text = own === undefined ? phrase('still_there', ctx.services.language) : fill(own, reader(ctx))
  if (own !== undefined || exit === undefined)
    speak(ctx, { step: config.step, title: config.title }, { action: 'nudge', text })
  if (exit !== undefined) {
    ctx.exit(exit, 'silence')
    return ctx.fail('silent', 'The customer said nothing.')
  }
  // When nobody was there to ring in time, what comes next keeps its distance.
  return park(ctx, config, options, index + 1, ctx.now() - afterMs)
}
