import { offerLeaf, type Json, type JsonObject, type LeafConfig, type Option } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { phrase } from '../phrases.ts'
import { lineOf } from '../say/fit-options.ts'
import { fill, show } from '../say/template.ts'
import { textFor, titleFor, type TurnScope } from '../turn-scope.ts'
import { reader, speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'offer'>

/** Says something with options: the author's, or those that an operation found. */
export const offer: NodeDefinition<TurnScope, Config> = {
  op: 'offer',
  kind: 'leaf',
  config: offerLeaf,
  run(ctx, config) {
    const options = config.options === undefined ? found(ctx, config) : written(ctx, config.options)
    const speaker = { step: config.step, title: config.title }
    if (options.length === 0) {
      const own = textFor(config.whenEmpty, ctx.services)
      const text = own === undefined ? phrase('nothing_offered', ctx.services.language) : fill(own, reader(ctx))
      speak(ctx, speaker, { action: 'inform', text })
      return Success
    }
    const own = fill(textFor(config.say, ctx.services) ?? '', reader(ctx))
    const lines = config.lines ? options.map(lineOf) : []
    const text = [own, ...lines].filter((line) => line !== '').join('\n')
    speak(ctx, speaker, {
      action: 'inform',
      options: options.map(({ title }) => title),
      ...(text === '' ? {} : { text }),
    })
    if (!config.lines) ctx.services.options = [...ctx.services.options, ...options]
    return Success
  },
}

function written(ctx: DialogueCtx, options: NonNullable<Config['options']>): Option[] {
  const read = reader(ctx)
  return options.map((option) => ({
    id: fill(option.id, read),
    title: fill(titleFor(option, ctx.services), read),
    ...(option.description ? { description: fill(option.description, read) } : {}),
  }))
}

/** What cannot be shown or chosen is left out. */
function found(ctx: DialogueCtx, { from = '', prefix = '' }: Config): Option[] {
  return listIn(ctx.read(from)).flatMap((item) => {
    const { id, title, description } =
      typeof item === 'string' ? { id: item, title: item, description: '' } : objectOf(item)
    const [key, words, more] = [show(id), show(title), show(description)]
    if (key === '' || words === '') return []
    return [
      { id: key.startsWith(prefix) ? key : prefix + key, title: words, ...(more === '' ? {} : { description: more }) },
    ]
  })
}

const objectOf = (item: Json): JsonObject =>
  item !== null && typeof item === 'object' && !Array.isArray(item) ? item : {}

/** The list itself, or the only one in an answer that says more than that. */
function listIn(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value
  const lists = Object.values(objectOf(value ?? null)).filter(Array.isArray)
  return lists.length === 1 ? (lists[0] ?? []) : []
}
