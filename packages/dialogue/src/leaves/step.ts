import type { Json } from '@copse/contracts'
import type { Ctx, Status } from '@copse/engine'
import type { WritePart } from '@copse/llm'
import { fill } from '../say/template.ts'
import { textFor, type Input, type TurnScope } from '../turn-scope.ts'

/** What every leaf that talks has in its configuration. */
export interface Step {
  step: string
  title?: string | undefined
  say?: Record<string, string> | undefined
  instruction?: string | undefined
}

export type DialogueCtx = Ctx<TurnScope>

/** Records a say-intent. The turn's writer makes one message of all of them. */
export function speak(
  ctx: DialogueCtx,
  config: Step,
  part: Omit<WritePart, 'title' | 'instruction'>,
  read = reader(ctx),
): void {
  const { services } = ctx
  services.step = config.step
  const own = textFor(config.say, services)
  const text = part.text ?? (own === undefined ? undefined : fill(own, read))
  services.said.push({
    title: config.title ?? config.step,
    ...part,
    ...(config.instruction === undefined ? {} : { instruction: config.instruction }),
    ...(text === undefined ? {} : { text }),
  })
}

export const reader =
  (ctx: DialogueCtx) =>
  (path: string): Json | undefined =>
    ctx.read(path)

/** The step that a leaf stands in. */
export const stepOf = ({ id }: Pick<DialogueCtx, 'id'>): string => id.split('/', 2)[1] ?? ''

/** The words of this turn's message for this leaf, once. Undefined when there are none or it read them already. */
export function readInput(ctx: DialogueCtx): Input | undefined {
  const { input } = ctx.services
  if (!input || input.isSpent || input.readBy.has(ctx.id)) return undefined
  input.readBy.add(ctx.id)
  return input
}

/** Fails by an exit of its own. */
export function leave(ctx: DialogueCtx, exit: string, code: string, reason: string): Status {
  ctx.exit(exit)
  return ctx.fail(code, reason)
}
