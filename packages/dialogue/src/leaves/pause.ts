import { pauseLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { extractOffline } from '@copse/llm'
import { resolveOption } from '../understand/options.ts'
import { wantsPerson, yesOrNo } from '../understand/words.ts'
import type { TurnScope } from '../turn-scope.ts'
import { readInput, speak, waitForReply, type DialogueCtx } from './step.ts'
import { yesNoOptions } from './yes-no.ts'

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
    if (!ctx.event()) return ctx.services.chosen ? Success : ask(ctx, config, 'pause')
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
    return ask(ctx, config, 'pause_again')
  },
}

function ask(ctx: DialogueCtx, config: Config, action: string): Status {
  const options = yesNoOptions(ctx.services.language)
  speak(ctx, config, { action })
  return waitForReply(ctx, config, options)
}

function answerOf(
  ctx: DialogueCtx,
  config: Config,
  reply: { text: string; payload: string | undefined },
): 'yes' | 'no' | 'other' | 'person' | undefined {
  const tapped = resolveOption(
    yesNoOptions(ctx.services.language).map((option) => ({ ...option, keywords: [] })),
    reply,
  )
  if (tapped && 'choice' in tapped) return tapped.choice === 'yes' ? 'yes' : 'no'
  const found = extractOffline({
    message: reply.text,
    fields: config.fields,
    asked: [],
    opening: false,
    triggers: [],
    today: ctx.services.today,
  })
  if (Object.entries(found).some(([key, value]) => ctx.read(key) !== value)) return 'other'
  return wantsPerson(reply.text) ? 'person' : yesOrNo(reply.text)
}
