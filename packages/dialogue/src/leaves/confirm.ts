import { confirmLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { phrase } from '../phrases.ts'
import { fill } from '../say/template.ts'
import { summaryFor, type TurnScope } from '../turn-scope.ts'
import { noWordIn } from '../understand/words.ts'
import { argumentsFor } from './arguments.ts'
import { correctionByWords } from './corrections.ts'
import { globalAtLast, globalByWords } from './globals.ts'
import { heardReply } from './reply.ts'
import { waitForReply } from './silence.ts'
import { leave, speak, type DialogueCtx } from './step.ts'
import { answerIn, yesNoOptions } from './yes-no.ts'

type Config = LeafConfig<'confirm'>

/** Asks before money moves or an account freezes, unless facts or a tapped, numbered or titled option led here. */
export const confirm: NodeDefinition<TurnScope, Config> = {
  op: 'confirm',
  kind: 'leaf',
  config: confirmLeaf,
  async run(ctx, config): Promise<Status> {
    const by = ctx.entered()?.by ?? 'flow'
    const event = ctx.event()
    if (!event) {
      const needed =
        config.entered.includes('always') ||
        config.entered.some((way) => way === by || (way === 'keyword' && by === 'value') || by === 'silence')
      ctx.decide('confirmation', needed ? 'ask' : 'not needed', { entered: by })
      return needed ? ask(ctx, config) : Success
    }
    const heard = await heardReply(ctx, config, event, yesNoOptions(ctx.services.language))
    if (typeof heard !== 'object') return heard
    const { reply, stay } = heard
    const answer = answerIn(reply, ctx.services.language, ctx.services.told)
    ctx.decide('confirmation', answer ?? null, { reply: reply.text || reply.payload || '' })
    // "Yes, get me your manager" moves no money, and neither does "yes, no, forget it".
    const aside = globalByWords(ctx, reply, stay, noWordIn(reply.text))
    if (aside !== undefined) return aside
    // "Yes, at 5" does not agree to 8.
    const other =
      answer === 'yes'
        ? correctionByWords(ctx, reply, stay, { yes: { hit: reply.text, of: agreedTo(ctx, config) } })
        : undefined
    if (other !== undefined) return other
    if (answer === 'yes') return Success
    if (answer === 'no') return leave(ctx, 'declined', 'declined', 'The customer said no.')
    const beside = await globalAtLast(ctx, reply, stay)
    if (beside !== undefined) return beside
    const attempts = Number(ctx.memory ?? 0) + 1
    if (attempts >= config.maxAttempts) return ctx.fail('attempts', `Neither yes nor no in ${attempts} replies.`)
    ctx.memory = attempts
    return ask(ctx, config, phrase('yes_or_no', ctx.services.language))
  },
}

/** The fields that the operation takes or the question names: "yes, today" says nothing of a day of purchase. */
function agreedTo({ services }: DialogueCtx, config: Config): (key: string) => boolean {
  const operation = services.operations.manifest(config.operation)
  const sources = [...config.arguments, ...Object.values(operation?.params ?? {})].flatMap(({ source }) => source ?? [])
  const templates = config.arguments.map(({ template }) => template)
  const written = JSON.stringify([templates, config.say, operation && summaryFor(operation, services).confirm])
  return (key) => sources.includes(key) || new RegExp(String.raw`\{\{ ?${key}\b`).test(written)
}

function ask(ctx: DialogueCtx, config: Config, before?: string): Status {
  if (before !== undefined) speak(ctx, { step: config.step, title: config.title }, { action: 'confirm', text: before })
  const operation = ctx.services.operations.manifest(config.operation)
  const question = operation && summaryFor(operation, ctx.services).confirm
  const built = operation && argumentsFor(ctx, operation, config.arguments)
  const args = built?.ok ? built.args : {}
  const text =
    config.say === undefined && question !== undefined
      ? fill(question, (path) => args[path] ?? ctx.read(path))
      : undefined
  speak(ctx, config, { action: 'confirm', ...(text === undefined ? {} : { text }) })
  return waitForReply(ctx, config, yesNoOptions(ctx.services.language))
}
