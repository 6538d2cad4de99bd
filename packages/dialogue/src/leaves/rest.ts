import { restLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { momentOf } from '@copse/time'
import { phrase } from '../phrases.ts'
import { fill, show } from '../say/template.ts'
import { textFor, type TurnScope } from '../turn-scope.ts'
import { answeredCorrection } from './corrections.ts'
import { globalByWords, questionAlone } from './globals.ts'
import { reader, readInput, speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'rest'>

/** Of its wait: a session that has it is not idle, however long it takes. */
export const restKey = 'rest'

/** Waits for a time. The time is kept with the wait, so that a message in between does not put it off. */
export const rest: NodeDefinition<TurnScope, Config> = {
  op: 'rest',
  kind: 'leaf',
  config: restLeaf,
  run(ctx, config): Status | Promise<Status> {
    const event = ctx.event()
    if (event?.kind === 'timer') return Success
    if (event) return heard(ctx, config)
    const at = endOf(ctx, config)
    if (at === undefined) return ctx.fail('time_invalid', 'The field holds no time to wait for.')
    ctx.decide('wait', at > ctx.now() ? 'wait' : 'over', { until: at })
    if (at <= ctx.now()) return Success
    if (config.say !== undefined || config.instruction !== undefined) speak(ctx, config, { action: 'inform' })
    else if (ctx.services.said.length === 0) tell(ctx, config, phrase('will_return', ctx.services.language))
    return park(ctx, config, at)
  },
}

function endOf(ctx: DialogueCtx, { when }: Config): number | undefined {
  if ('forMs' in when) return ctx.now() + when.forMs
  return momentOf(show(ctx.read(when.until)), ctx.services.profile.timeZone)
}

/** Where the author says so the message is left for the step that it leads to. */
async function heard(ctx: DialogueCtx, config: Config): Promise<Status> {
  const at = Number(ctx.memory)
  if (at <= ctx.now()) return Success
  const { text = '', payload } = ctx.services.input ?? {}
  const stay = (): Status => park(ctx, config, at)
  const corrected = await answeredCorrection(ctx, { text, payload }, stay)
  if (corrected !== undefined && corrected !== 'own') return corrected
  // Where any message is what was waited for, only one that says nothing else is none.
  const aside = globalByWords(ctx, { text, payload }, stay, config.leaves && { free: true })
  if (aside !== undefined) return aside
  if (config.leaves) {
    ctx.exit('message', 'message')
    return Success
  }
  readInput(ctx)
  const question = await questionAlone(ctx, { text, payload }, stay)
  if (typeof question === 'object') tell(ctx, config, phrase(question.line, ctx.services.language))
  else if (question !== undefined) return question
  const own = textFor(config.meanwhile, ctx.services)
  tell(ctx, config, own === undefined ? phrase('will_return', ctx.services.language) : fill(own, reader(ctx)))
  return park(ctx, config, at)
}

const tell = (ctx: DialogueCtx, { step, title }: Config, text: string): void =>
  speak(ctx, { step, title }, { action: 'inform', text })

function park(ctx: DialogueCtx, { step }: Config, at: number): Status {
  ctx.services.step = step
  ctx.memory = at
  ctx.wait({ kind: 'timer', key: restKey, at })
  return ctx.wait({ kind: 'input', data: { step, options: [] } })
}
