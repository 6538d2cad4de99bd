import { pauseLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { extractOffline } from '@copse/llm'
import { wantsPerson } from '../understand/words.ts'
import { phrase } from '../phrases.ts'
import type { TurnScope } from '../turn-scope.ts'
import { onSilence, waitForReply } from './silence.ts'
import { readInput, speak, type DialogueCtx } from './step.ts'
import { answerIn, yesNoOptions } from './yes-no.ts'

type Config = LeafConfig<'pause'>

/**
 * "Is that right?" after a call. Yes goes on; another value or a refusal withdraws what the call used and wrote and
 * goes back to where it is collected; anything else is asked again.
 */
export const pause: NodeDefinition<TurnScope, Config> = {
  op: 'pause',
  kind: 'leaf',
  config: pauseLeaf,
  run(ctx, config): Status {
    const event = ctx.event()
    if (!event) return ctx.services.chosen ? Success : ask(ctx, config)
    const silent = onSilence(ctx, config, event, yesNoOptions(ctx.services.language))
    if (silent !== undefined) return silent
    const reply = readInput(ctx) ?? { text: '', payload: undefined }
    const answer = answerOf(ctx, config, reply)
    ctx.decide('reply', answer ?? null, { reply: reply.text || reply.payload || '' })
    if (answer === 'yes') return Success
    if (answer === 'no' || answer === 'other') {
      ctx.unconfirm(config.uses)
      ctx.exit('correct')
      return ctx.fail('corrected', answer === 'no' ? 'The customer said no.' : 'The customer gave another value.')
    }
    if (answer === 'person') {
      ctx.exit('person')
      return ctx.fail('wants_person', 'The customer asked for a person.')
    }
    const attempts = Number(ctx.memory ?? 0) + 1
    if (attempts >= config.maxAttempts) return ctx.fail('attempts', `Neither yes nor no in ${attempts} replies.`)
    ctx.memory = attempts
    return ask(ctx, config, phrase('yes_or_no', ctx.services.language))
  },
}

function ask(ctx: DialogueCtx, config: Config, before?: string): Status {
  if (before !== undefined) speak(ctx, { step: config.step, title: config.title }, { action: 'pause', text: before })
  speak(ctx, config, { action: 'pause' })
  return waitForReply(ctx, config, yesNoOptions(ctx.services.language))
}

function answerOf(
  ctx: DialogueCtx,
  config: Config,
  reply: { text: string; payload: string | undefined },
): 'yes' | 'no' | 'other' | 'person' | undefined {
  const found = extractOffline({
    message: reply.text,
    fields: config.fields,
    asked: [],
    opening: false,
    triggers: [],
    today: ctx.services.today,
  })
  const answer = answerIn(reply, ctx.services.language)
  const other = Object.entries(found).filter(([key, value]) => ctx.read(key) !== value)
  // "Yes, the one from TechMart" says more than we knew, and contradicts nothing.
  if (other.some(([key]) => answer !== 'yes' || ctx.read(key) !== undefined)) return 'other'
  return wantsPerson(reply.text) ? 'person' : answer
}
