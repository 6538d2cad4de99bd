import { pauseLeaf, type JsonObject, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { extractOffline } from '@copse/llm'
import type { Reply } from '../understand/options.ts'
import { noWordIn } from '../understand/words.ts'
import { phrase } from '../phrases.ts'
import type { TurnScope } from '../turn-scope.ts'
import { isWide, make } from './corrections.ts'
import { globalAtLast, globalByWords } from './globals.ts'
import { heardReply } from './reply.ts'
import { waitForReply } from './silence.ts'
import { leave, speak, type DialogueCtx } from './step.ts'
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
  async run(ctx, config): Promise<Status> {
    const event = ctx.event()
    if (!event) return ctx.services.chosen ? Success : ask(ctx, config)
    const heard = await heardReply(ctx, config, event, yesNoOptions(ctx.services.language))
    if (typeof heard !== 'object') return heard
    const { reply, stay } = heard
    const others = othersIn(ctx, config, reply.text)
    const answer = answerOf(ctx, others, reply)
    ctx.decide('reply', answer ?? null, { reply: reply.text || reply.payload || '' })
    if (answer === 'other' && isWide(ctx, Object.keys(others))) return make(ctx, others, reply.text)
    const aside = answer === 'other' ? undefined : globalByWords(ctx, reply, stay, noWordIn(reply.text))
    if (aside !== undefined) return aside
    if (answer === 'yes') return Success
    if (answer === 'no' || answer === 'other') {
      ctx.unconfirm(config.uses)
      const why = answer === 'no' ? 'The customer said no.' : 'The customer gave another value.'
      return leave(ctx, 'correct', 'corrected', why)
    }
    const beside = await globalAtLast(ctx, reply, stay)
    if (beside !== undefined) return beside
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

/** Values in the reply that are not the known ones. */
function othersIn(ctx: DialogueCtx, { fields }: Config, message: string): JsonObject {
  const { today, language } = ctx.services
  const found = extractOffline({ message, fields, asked: [], opening: false, triggers: [], today, language })
  return Object.fromEntries(Object.entries(found).filter(([key, value]) => ctx.read(key) !== value))
}

function answerOf(ctx: DialogueCtx, others: JsonObject, reply: Reply): 'yes' | 'no' | 'other' | undefined {
  const answer = answerIn(reply, ctx.services.language, ctx.services.told)
  // "Yes, the one from TechMart" says more than we knew, and contradicts nothing.
  if (Object.keys(others).some((key) => answer !== 'yes' || ctx.read(key) !== undefined)) return 'other'
  return answer
}
