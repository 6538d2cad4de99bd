import { chooseLeaf, type Json, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { extractOffline } from '@copse/llm'
import { titleFor, type TurnScope } from '../turn-scope.ts'
import { classify } from '../understand/classify.ts'
import { resolveOption, type Reply } from '../understand/options.ts'
import { globalAtLast, globalByModel, globalByWords, labelsBeside } from './globals.ts'
import { heardReply } from './reply.ts'
import { waitForReply } from './silence.ts'
import { speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'choose'>
type Option = Config['options'][number]

/** Waits for one of the author's options, in whatever form people type it. */
export const choose: NodeDefinition<TurnScope, Config> = {
  op: 'choose',
  kind: 'leaf',
  config: chooseLeaf,
  async run(ctx, config): Promise<Status> {
    const woken = ctx.event()
    const options = offered(ctx, config)
    if (!woken) return waitForReply(ctx, config, options)
    const heard = await heardReply(ctx, config, woken, options)
    if (typeof heard !== 'object') return heard
    const { reply, stay } = heard
    const resolved = resolve(config, options, reply)
    const aside = globalByWords(ctx, reply, stay, resolved && 'hit' in resolved ? resolved : undefined)
    if (aside !== undefined) return aside
    const found = await understand(ctx, config, reply, resolved)
    const meant = found && 'beside' in found ? await globalByModel(ctx, found.beside, reply.text, stay) : undefined
    if (meant !== undefined) return meant
    if (found && 'option' in found) {
      ctx.decide('option', found.option.title, {
        reply: reply.text || reply.payload || '',
        by: found.by,
        ...(found.hit ? { hit: found.hit } : {}),
      })
      ctx.exit(found.option.exit, found.by)
      return Success
    }
    const beside = await globalAtLast(ctx, reply, stay)
    if (beside !== undefined) return beside
    const attempts = Number(ctx.memory ?? 0) + 1
    ctx.decide('option', null, { reply: reply.text, attempts })
    if (attempts >= config.maxAttempts) {
      if (config.otherwise === undefined) return ctx.fail('attempts', `No option was chosen in ${attempts} replies.`)
      ctx.exit(config.otherwise, 'default')
      return Success
    }
    ctx.memory = attempts as Json
    speak(
      ctx,
      { step: config.step, title: config.title },
      { action: 'choose_again', options: options.map(({ title }) => title) },
    )
    return stay()
  },
}

function resolve(config: Config, options: ReturnType<typeof offered>, reply: Reply): ReturnType<typeof resolveOption> {
  // The author's title stays a keyword whatever the language.
  const choices = options.map((item, at) => ({
    ...item,
    keywords: [...(config.options[at]?.keywords ?? []), config.options[at]?.title ?? ''],
  }))
  return resolveOption(choices, reply)
}

async function understand(
  ctx: DialogueCtx,
  config: Config,
  reply: Reply,
  resolved: ReturnType<typeof resolveOption>,
): Promise<{ option: Option; by: string; hit?: string } | { beside: string } | undefined> {
  const option = (id: string): Option | undefined => config.options.find((item) => item.id === id)
  if (resolved && 'choice' in resolved) {
    const chosen = option(resolved.choice)
    return chosen && { option: chosen, by: resolved.how, hit: resolved.hit }
  }
  const byValue = resolved ? undefined : config.options.find((item) => holdsValue(ctx, item, reply.text))
  if (byValue) return { option: byValue, by: 'value' }
  if (reply.text === '') return undefined
  const labels = config.options.map(({ id, title, description, keywords }) => ({
    id,
    description: `${title}. ${description}`,
    keywords,
  }))
  // What was said earlier is no reply to this question, and what words leave ambiguous they cannot settle.
  const label = await classify(ctx, {
    text: reply.text,
    labels,
    facts: {},
    byWords: resolved === undefined,
    beside: labelsBeside(ctx),
  })
  const chosen = label === undefined ? undefined : option(label)
  return chosen ? { option: chosen, by: 'classification' } : label === undefined ? undefined : { beside: label }
}

/** "It was ORD-456" at "try again, or a person?" is the first option: it brings what that option collects. */
function holdsValue(ctx: DialogueCtx, option: Option, text: string): boolean {
  if (option.takes.length === 0 || text === '') return false
  const found = extractOffline({
    message: text,
    fields: option.takes,
    asked: [],
    opening: false,
    triggers: [],
    today: ctx.services.today,
    language: ctx.services.language,
  })
  return Object.keys(found).length > 0
}

/** The options as this customer reads them. */
const offered = (ctx: DialogueCtx, config: Config) =>
  config.options.map((option) => ({
    id: option.id,
    title: titleFor(option, ctx.services),
    ...(option.description ? { description: option.description } : {}),
  }))
