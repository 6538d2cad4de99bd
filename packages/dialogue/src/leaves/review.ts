import { reviewLeaf, type Json, type JsonObject, type LeafConfig, type Option } from '@copse/contracts'
import { Success, type NodeDefinition, type Status } from '@copse/engine'
import { extractOffline } from '@copse/llm'
import { phrase } from '../phrases.ts'
import { fill } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'
import { namesOf } from '../understand/corrections.ts'
import { extract } from '../understand/extract.ts'
import { namedOption, type Reply } from '../understand/options.ts'
import { faultOf } from '../understand/validate.ts'
import { fold, has, noWordIn } from '../understand/words.ts'
import { isWide, make } from './corrections.ts'
import { globalAtLast, globalByWords } from './globals.ts'
import { listedValues } from './listed-values.ts'
import { lineOf, titleOf } from './read-aloud.ts'
import { heardReply } from './reply.ts'
import { waitForReply } from './silence.ts'
import { leave, speak, type DialogueCtx } from './step.ts'
import { answerIn, yesNoOptions } from './yes-no.ts'

type Config = LeafConfig<'review'>
type Field = Config['fields'][number]
interface Memory {
  attempts: number
  /** Fields whose right value was asked for; none: what is wrong was asked. Undefined: whether all is right. */
  asked?: string[]
}

/** Reads back what was collected. "No, the date is the 5th" asks for the date alone, or takes it where it can be read. */
export const review: NodeDefinition<TurnScope, Config> = {
  op: 'review',
  kind: 'leaf',
  config: reviewLeaf,
  async run(ctx, config): Promise<Status> {
    const event = ctx.event()
    if (!event) return readBack(ctx, config, { attempts: 0 })
    const memory = (ctx.memory ?? { attempts: 0 }) as unknown as Memory
    const heard = await heardReply(ctx, config, event, optionsOf(ctx, config, memory))
    if (typeof heard !== 'object') return heard
    const { reply, stay } = heard
    const { values, faults, isRefused } = await correctionsIn(ctx, config, memory, reply.text)
    if (isWide(ctx, Object.keys(values))) return make(ctx, values, reply.text)
    for (const [key, value] of Object.entries(values)) ctx.set(key, value, 'customer')
    if (Object.keys(values).length > 0) return corrected(ctx, config, memory, Object.keys(values))
    if (faults.length > 0) {
      for (const text of faults) speak(ctx, { step: config.step, title: config.title }, { action: 'confirm', text })
      return again(ctx, config, memory, (next) => readBack(ctx, config, next))
    }
    // Why it was not taken is said already.
    if (isRefused) return again(ctx, config, memory, (next) => ask(ctx, config, { ...next, asked: memory.asked ?? [] }))
    // "Yes, get me your manager" confirms nothing.
    const aside = globalByWords(ctx, reply, stay, noWordIn(reply.text))
    if (aside !== undefined) return aside
    const named = namedIn(ctx, config, memory, reply)
    const answer = memory.asked === undefined ? answerIn(reply, ctx.services.language, ctx.services.told) : undefined
    ctx.decide('review', named.length > 0 ? `wrong: ${named.join(', ')}` : (answer ?? null), {
      reply: reply.text || reply.payload || '',
    })
    if (named.length > 0 && answer !== 'yes') {
      ctx.unconfirm(named)
      return ask(ctx, config, { ...memory, asked: named })
    }
    if (answer === 'yes') {
      ctx.exit('success', 'confirmed')
      return Success
    }
    if (answer === 'no')
      return config.leaves
        ? leave(ctx, 'no', 'declined', 'The customer said no.')
        : ask(ctx, config, { ...memory, asked: [] })
    const beside = await globalAtLast(ctx, reply, stay)
    if (beside !== undefined) return beside
    return askAgain(ctx, config, memory)
  },
}

/** What is still without its right value is asked for; then all is read back again. */
function corrected(ctx: DialogueCtx, config: Config, memory: Memory, keys: string[]): Status {
  ctx.decide('review', 'corrected', { fields: keys })
  const open = (memory.asked ?? []).filter((key) => !keys.includes(key))
  return open.length > 0 ? ask(ctx, config, { attempts: 0, asked: open }) : readBack(ctx, config, { attempts: 0 })
}

function readBack(ctx: DialogueCtx, config: Config, memory: Memory): Status {
  const { language } = ctx.services
  const lines = config.fields.flatMap((field) => {
    const value = ctx.read(field.key)
    return value === undefined ? [] : [lineOf(field, value, ctx.services)]
  })
  const text = `${[phrase('read_back', language), ...lines].join('\n')}\n${phrase('is_right', language)}`
  speak(ctx, config, { action: 'confirm', ...(config.say === undefined ? { text } : {}) })
  return wait(ctx, config, memory)
}

function ask(ctx: DialogueCtx, config: Config, memory: Memory & { asked: string[] }): Status {
  const { language } = ctx.services
  const asked = config.fields.filter(({ key }) => memory.asked.includes(key))
  const question =
    asked.length === 0
      ? phrase('what_is_wrong', language)
      : fill(phrase('right_value', language), () => asked.map((field) => titleOf(field, ctx.services)).join(', '))
  const text = [question, listedValues(asked, ctx.services)].filter((part) => part !== undefined).join(' ')
  speak(ctx, { step: config.step, title: config.title }, { action: 'confirm', text })
  return wait(ctx, config, memory)
}

function askAgain(ctx: DialogueCtx, config: Config, memory: Memory): Status {
  const { asked } = memory
  return again(ctx, config, memory, (next) => {
    const unclear = phrase(asked === undefined ? 'yes_or_no' : 'not_understood', ctx.services.language)
    speak(ctx, { step: config.step, title: config.title }, { action: 'confirm', text: unclear })
    return asked === undefined ? readBack(ctx, config, next) : ask(ctx, config, { ...next, asked })
  })
}

/** One more reply that settled nothing. */
function again(ctx: DialogueCtx, config: Config, memory: Memory, go: (next: Memory) => Status): Status {
  const attempts = memory.attempts + 1
  if (attempts >= config.maxAttempts)
    return ctx.fail('attempts', `Neither confirmed nor corrected in ${attempts} replies.`)
  return go({ ...memory, attempts })
}

function wait(ctx: DialogueCtx, config: Config, memory: Memory): Status {
  ctx.memory = memory as unknown as Json
  return waitForReply(ctx, config, optionsOf(ctx, config, memory))
}

function optionsOf(ctx: DialogueCtx, config: Config, { asked }: Memory): Option[] {
  if (asked === undefined) return yesNoOptions(ctx.services.language)
  return asked.length === 0 ? fieldOptions(ctx, config) : []
}

const fieldOptions = (ctx: DialogueCtx, config: Config): Option[] =>
  config.fields.map((field) => ({ id: `change:${field.key}`, title: titleOf(field, ctx.services) }))

/** New values in the reply. One that could stand for two fields stands for the one that is named, else for neither. */
async function correctionsIn(
  ctx: DialogueCtx,
  config: Config,
  memory: Memory,
  text: string,
): Promise<{ values: JsonObject; faults: string[]; isRefused?: boolean }> {
  const asked = memory.asked ?? []
  if (asked.length > 0) {
    const fields = config.fields.filter(({ key }) => asked.includes(key))
    const wanted = (found: JsonObject): boolean => asked.some((key) => !Object.hasOwn(found, key))
    const found = await extract(ctx, { text, fields, asked, required: asked, triggers: [], wanted })
    return { values: found.values, faults: [], isRefused: found.isRefused }
  }
  const named = namedIn(ctx, config, memory, { text, payload: undefined })
  const fields = config.fields.filter(({ key }) => named.length === 0 || named.includes(key))
  const found = fields.flatMap((field) => {
    const value = valueIn(ctx, field, text)
    return value === undefined || value === ctx.read(field.key) ? [] : [[field.key, value] as const]
  })
  const isAmbiguous = new Set(found.map(([, value]) => value)).size < found.length
  if (isAmbiguous) return { values: {}, faults: [] }
  const faults = fields.flatMap((field) => {
    const value = found.find(([key]) => key === field.key)?.[1]
    return (value === undefined ? undefined : faultOf(field, value, ctx.services)) ?? []
  })
  return { values: faults.length > 0 ? {} : Object.fromEntries(found), faults }
}

const valueIn = (ctx: DialogueCtx, field: Field, message: string): Json | undefined =>
  extractOffline({
    message,
    fields: [field],
    asked: [],
    opening: false,
    triggers: [],
    today: ctx.services.today,
    language: ctx.services.language,
  })[field.key]

/** Fields that a reply names, by a tap or by their own words. */
function namedIn(ctx: DialogueCtx, config: Config, { asked }: Memory, reply: Reply): string[] {
  if (asked !== undefined && asked.length > 0) return []
  const tapped = asked === undefined ? undefined : namedOption(fieldOptions(ctx, config), reply)
  const said = fold(reply.text)
  return config.fields
    .filter((field) => {
      if (tapped !== undefined) return tapped.choice === `change:${field.key}`
      const names = [fold(titleOf(field, ctx.services)), ...namesOf(field)]
      return names.some((name) => has(said, name))
    })
    .map(({ key }) => key)
}
