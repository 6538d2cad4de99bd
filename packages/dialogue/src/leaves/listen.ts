import { listenLeaf, type Json, type JsonObject, type LeafConfig, type Option } from '@copse/contracts'
import { Success, type NodeDefinition, type Status, type Test } from '@copse/engine'
import { phrase } from '../phrases.ts'
import { fillJson } from '../say/template.ts'
import type { TurnScope } from '../turn-scope.ts'
import { answerFromText, globalAtLast, globalByWords } from './globals.ts'
import { firstReading, hear, messageOf, readings, type Heard } from './heard.ts'
import { moreId, pageOf } from './pages.ts'
import { onSilence, waitForReply } from './silence.ts'
import { reader, speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'listen'>
type Prepared = Config & { tests: (Test | undefined)[] }
type Transition = Config['transitions'][number]

/** What this state offered: which options, and which page of them is shown. */
interface Memory {
  options: Option[]
  page: number
}

/** The first transition all of whose triggers hold. Nothing here asks a model. */
export const listen: NodeDefinition<TurnScope, Config, Prepared> = {
  op: 'listen',
  kind: 'leaf',
  config: listenLeaf,
  prepare: (config, { condition }) => ({
    ...config,
    tests: config.transitions.map(({ when }) => (when === undefined ? undefined : condition(when))),
  }),
  run(ctx, config): Status | Promise<Status> {
    const woken = ctx.event()
    if (!woken) return begin(ctx, config)
    const memory = ctx.memory as unknown as Memory
    const silent = onSilence(ctx, config, woken, pageOf(memory, ctx.services.language).shown, typesOf(config))
    if (silent !== undefined) return silent
    return reply(ctx, config, memory)
  },
}

function begin(ctx: DialogueCtx, config: Prepared): Status | Promise<Status> {
  const { input, options } = ctx.services
  const memory: Memory = { options, page: 0 }
  const always = config.transitions.find(({ always: fires }, at) => fires === true && holds(ctx, config, at))
  if (always) return leave(ctx, config, always, undefined)
  // The first message leads here whatever it says; a button that it carries, or an option that it names, is meant.
  const isFirst = ctx.entered() === undefined && input !== undefined && !input.readBy.has(ctx.id)
  if (!isFirst) return park(ctx, config, memory)
  input.readBy.add(ctx.id)
  const isTap = input.payload !== undefined
  const found = match(ctx, config, isTap ? readings(input, [], []) : firstReading(input, options))
  if (!found) return isTap ? park(ctx, config, memory) : open(ctx, config, memory, input.text)
  // Who knows what they want needs no greeting and no menu before the answer.
  ctx.services.said = []
  ctx.services.options = []
  return leave(ctx, config, found.transition, found.heard)
}

/** A question that the conversation begins with is answered before it is asked what the customer wants. */
async function open(ctx: DialogueCtx, config: Prepared, memory: Memory, text: string): Promise<Status> {
  const answered = await answerFromText(ctx, text, config.answers)
  if (answered && 'text' in answered)
    ctx.services.said.unshift({ action: 'answer', title: 'answer', text: answered.text })
  return park(ctx, config, memory)
}

async function reply(ctx: DialogueCtx, config: Prepared, memory: Memory): Promise<Status> {
  const { input, language } = ctx.services
  if (!input || input.readBy.has(ctx.id)) return park(ctx, config, memory)
  input.readBy.add(ctx.id)
  const { shown, hidden } = pageOf(memory, language)
  const heard = readings(input, shown, hidden)
  if (heard[0]?.payload === moreId) {
    speak(ctx, config, { action: 'inform', text: phrase('more', language) })
    return park(ctx, config, { ...memory, page: memory.page + 1 })
  }
  const found = match(ctx, config, heard)
  if (found) return leave(ctx, config, found.transition, found.heard)
  ctx.decide('transition', null, { heard: said(heard[0]) })
  const stay = (): Status => park(ctx, config, memory)
  const aside = globalByWords(ctx, input, stay) ?? (await globalAtLast(ctx, input, stay, { answers: config.answers }))
  if (aside !== undefined) return aside
  hear(ctx, heard[0])
  if (config.fallback !== undefined) {
    ctx.exit(config.fallback, 'fallback')
    return Success
  }
  // A question that could not be answered was understood.
  if (!ctx.services.said.some(({ action }) => action === 'answer'))
    speak(
      ctx,
      { step: config.step, title: config.title },
      { action: 'fallback', text: phrase('not_understood', language) },
    )
  return park(ctx, config, memory)
}

function match(
  ctx: DialogueCtx,
  config: Prepared,
  heard: readonly Heard[],
): { transition: Transition; heard: Heard } | undefined {
  for (const one of heard) {
    const message = messageOf(ctx.services, one)
    const transition = config.transitions.find(
      (candidate, at) => isFor(candidate, one) && holds(ctx, config, at, { message }),
    )
    if (transition) return { transition, heard: one }
  }
  return undefined
}

function isFor({ payload, prefix, types, always }: Transition, heard: Heard): boolean {
  if (always) return false
  if (payload !== undefined && heard.payload !== payload) return false
  if (prefix !== undefined && heard.payload?.startsWith(prefix) !== true) return false
  return types === undefined || types.some((type) => type === heard.type)
}

function holds(ctx: DialogueCtx, { tests }: Prepared, at: number, given?: JsonObject): boolean {
  const test = tests[at]
  return test === undefined || ctx.test(test, given) === true
}

/** What the transition brings is known before its target is entered. */
function leave(ctx: DialogueCtx, config: Prepared, transition: Transition, heard: Heard | undefined): Status {
  if (heard) hear(ctx, heard)
  const { prefix = '', suffix, sets, exit } = transition
  if (suffix !== undefined && heard?.payload !== undefined)
    take(ctx, config, suffix, heard.payload.slice(prefix.length))
  for (const { key, value } of sets) {
    const filled = fillJson(value, reader(ctx))
    if (filled === undefined || filled === null) ctx.unset(key)
    else ctx.set(key, filled, filled === value ? 'system' : 'customer')
  }
  const by = heard?.by ?? 'always'
  ctx.decide('transition', exit, { heard: said(heard), by })
  ctx.exit(exit, by)
  return Success
}

function take(ctx: DialogueCtx, { expands = {} }: Config, key: string, suffix: string): void {
  ctx.set(key, suffix, 'customer')
  if (!Object.hasOwn(expands, suffix)) return
  for (const property of new Set(Object.values(expands).flatMap(Object.keys))) ctx.unset(`service_${property}`)
  for (const [property, value] of Object.entries(expands[suffix] ?? {})) ctx.set(`service_${property}`, value, 'system')
}

function park(ctx: DialogueCtx, config: Config, memory: Memory): Status {
  ctx.memory = memory as unknown as Json
  return waitForReply(ctx, config, pageOf(memory, ctx.services.language).shown, typesOf(config))
}

/** Words are always heard. */
const typesOf = ({ transitions }: Config): string[] =>
  transitions.flatMap(({ types = [] }) => types.filter((type) => type !== 'text' && type !== 'payload'))

const said = (heard: Heard | undefined): string | null => heard?.payload ?? heard?.text ?? null
