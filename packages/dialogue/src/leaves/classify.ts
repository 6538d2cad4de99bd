import { classifyLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type EngineEvent, type NodeDefinition, type Status } from '@copse/engine'
import { titleFor, type TurnScope } from '../turn-scope.ts'
import { classify as choose } from '../understand/classify.ts'
import { resolveOption } from '../understand/options.ts'
import { factsOf, saidByCustomer } from './facts.ts'
import { globalAtLast, globalByModel, globalByWords, labelsBeside } from './globals.ts'
import { heardReply } from './reply.ts'
import { waitForReply } from './silence.ts'
import { speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'classify'>

/** The one place where a model may choose, and only among the author's labels. Silence asks once, then fails. */
export const classify: NodeDefinition<TurnScope, Config> = {
  op: 'classify',
  kind: 'leaf',
  config: classifyLeaf,
  async run(ctx, config): Promise<Status> {
    const event = ctx.event()
    if (event) return fromReply(ctx, config, event)
    const facts = factsOf(ctx)
    const labels = config.labels.map(({ id, description, keywords }) => ({ id, description, keywords }))
    const text = saidByCustomer(ctx)
    const label = await choose(ctx, {
      text,
      labels,
      facts,
      ...(config.instruction === undefined ? {} : { instruction: config.instruction }),
    })
    if (label !== undefined) return take(ctx, config, label, 'classification')
    ctx.decide('classification', null, { text, labels: labels.map((item) => item.id) })
    const options = optionsOf(ctx, config)
    speak(ctx, config, { action: 'classify', options: options.map(({ title }) => title) })
    return waitForReply(ctx, config, options)
  },
}

async function fromReply(ctx: DialogueCtx, config: Config, event: EngineEvent): Promise<Status> {
  const options = optionsOf(ctx, config)
  const heard = await heardReply(ctx, config, event, options)
  if (typeof heard !== 'object') return heard
  const { reply, stay } = heard
  const choices = options.map((option, at) => ({ ...option, keywords: config.labels[at]!.keywords }))
  const resolved = resolveOption(choices, reply)
  const aside = globalByWords(ctx, reply, stay, resolved && 'hit' in resolved ? resolved : undefined)
  if (aside !== undefined) return aside
  if (resolved && 'choice' in resolved) return take(ctx, config, resolved.choice, resolved.how)
  const labels = config.labels.map(({ id, description, keywords }) => ({ id, description, keywords }))
  const label = await choose(ctx, {
    text: reply.text,
    labels,
    facts: {},
    byWords: resolved === undefined,
    beside: labelsBeside(ctx),
  })
  const meant = await globalByModel(ctx, label, reply.text, stay)
  if (meant !== undefined) return meant
  if (label !== undefined) return take(ctx, config, label, 'classification')
  const beside = await globalAtLast(ctx, reply, stay)
  if (beside !== undefined) return beside
  return ctx.fail('unclear', 'The reply named none of the labels.')
}

function take(ctx: DialogueCtx, config: Config, id: string, by: string): Status {
  const label = config.labels.find((item) => item.id === id)
  if (!label) return ctx.fail('unclear', `${id} is none of the labels.`)
  ctx.decide('classification', label.description, { label: id, by })
  if (config.resultKey !== undefined) ctx.set(config.resultKey, id, by === 'classification' ? 'model' : 'customer')
  ctx.exit(label.exit, by)
  return Success
}

const optionsOf = (ctx: DialogueCtx, { labels }: Config) =>
  labels.map(({ id, description, titles }) => ({ id, title: titleFor({ title: description, titles }, ctx.services) }))
