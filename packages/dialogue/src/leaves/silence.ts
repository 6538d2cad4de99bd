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
export function waitForReply(
  ctx: DialogueCtx,
  config: Waiting,
  options: readonly Option[] = [],
  hears: readonly string[] = [],
): typeof Running {
  return park(ctx, config, { options, hears }, 0, ctx.now())
}

interface Awaited {
  options: readonly Option[]
  /** Kinds of message beside words. */
  hears: readonly string[]
}

/** The time of the next thing to do stands in the wait, and which of them it is in its key: nothing else is kept. */
function park(
  ctx: DialogueCtx,
  config: Waiting,
  { options, hears }: Awaited,
  next: number,
  since: number,
): typeof Running {
  ctx.services.step = config.step
  ctx.services.options = [...options]
  const step = config.silence?.[next]
  const at = step && whenFor(step, since + step.afterMs, ctx)
  if (at !== undefined) ctx.wait({ kind: 'timer', key: `${prefix}${next}`, at })
  const data = { step: config.step, options: options as unknown as Json }
  return ctx.wait({ kind: 'input', data: hears.length === 0 ? data : { ...data, hears: [...hears] } })
}

type Entry = NonNullable<Waiting['silence']>[number]

/** Undefined: it never opens again, so that it is never done. */
const whenFor = ({ during }: Entry, at: number, { services }: DialogueCtx): number | undefined =>
  during === undefined ? at : services.openFrom(at)

/** What the author wants done about a silence. Undefined: it was not silence that woke the leaf. */
export function onSilence(
  ctx: DialogueCtx,
  config: Waiting,
  event: EngineEvent | undefined,
  options: readonly Option[] = [],
  hears: readonly string[] = [],
): Status | undefined {
  if (event?.kind !== 'timer') return undefined
  // Who has just spoken is not silent, however long it took: the reply is what counts.
  const { input } = ctx.services
  if (input && !input.readBy.has(ctx.id)) return undefined
  const index = Number(event.key?.slice(prefix.length))
  const step = config.silence?.[index]
  if (!step) return undefined
  const { afterMs, exit, say } = step
  // Rung late, or the hours have changed: nobody is woken.
  if (whenFor(step, ctx.now(), ctx) !== ctx.now()) {
    const status = park(ctx, config, { options, hears }, index, ctx.now() - afterMs)
    ctx.services.options = []
    return status
  }
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
  return park(ctx, config, { options, hears }, index + 1, ctx.now() - afterMs)
}
