import { collectLeaf, type Json, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Status, type Test } from '@copse/engine'
import type { Phrase } from '../phrases.ts'
import { textFor, type TurnScope } from '../turn-scope.ts'
import { extract } from '../understand/extract.ts'
import type { Reply } from '../understand/options.ts'
import { asksForPerson, fold, wantsPerson } from '../understand/words.ts'
import { extractOffline } from '@copse/llm'
import { answeredCorrection, correctionByWords } from './corrections.ts'
import { globalAtLast, globalByWords, questionAlone, saidAside } from './globals.ts'
import { listedValues } from './listed-values.ts'
import { titleOf } from './read-aloud.ts'
import { onSilence, waitForReply } from './silence.ts'
import { leave, readInput, speak, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'collect'>
type Prepared = Config & { done: Test | undefined }
interface Memory {
  asks: number
  asked: string[]
}

/**
 * Collects fields: first from the message that led here, then by asking for what is missing, until all required are
 * there. A reply that brings nothing of it counts as an attempt. A known value is never overwritten by nothing.
 */
export const collect: NodeDefinition<TurnScope, Config, Prepared> = {
  op: 'collect',
  kind: 'leaf',
  config: collectLeaf,
  prepare: (config, { condition }) => ({
    ...config,
    done: config.completeWhen === undefined ? undefined : condition(config.completeWhen),
  }),
  async run(ctx, config): Promise<Status> {
    const woken = ctx.event()
    const silent = onSilence(ctx, config, woken)
    if (silent !== undefined) return silent
    const memory = (ctx.memory ?? { asks: 0, asked: [] }) as unknown as Memory
    const input = readInput(ctx)
    const stay = (): Status => {
      ctx.services.quietMs = config.quietMs
      return waitForReply(ctx, config)
    }
    const answered = input && woken !== undefined ? await answeredCorrection(ctx, input, stay) : undefined
    if (answered !== undefined && answered !== 'own') return answered
    const isOpen = input !== undefined && answered === undefined
    let unanswered: Phrase | undefined
    let isHeard = false
    if (isOpen && woken !== undefined) {
      const aside = heardBeside(ctx, config, memory, input, stay)
      if (aside !== undefined) return aside
      // A number or an address is an answer, however it is put.
      const question = /[\d@]/.test(input.text) ? undefined : await questionAlone(ctx, input, stay)
      if (typeof question === 'object') unanswered = question.line
      else if (question !== undefined) return question
    }
    if (isOpen && input.text !== '') {
      const { values, by, isRefused } = await understand(ctx, config, memory, input.text)
      isHeard = isRefused || Object.keys(values).length > 0
      if (!complete(ctx, config) && isCallForPerson(ctx, input.text, Object.values(values)))
        return leave(ctx, 'person', 'wants_person', 'The customer asked for a person.')
      const isNothing = woken !== undefined && Object.keys(values).length === 0
      const beside = isNothing ? await globalAtLast(ctx, input, stay, { line: unanswered }) : undefined
      if (beside !== undefined) return beside
      // Gone through again after a correction, it only takes what it lacks: what else was done by what is known stands.
      const isAgain = woken === undefined && (ctx.services.path?.again.length ?? 0) > 0
      if (Object.values(values).some((value) => typeof value === 'string' && wantsPerson(value))) input.isAbout = true
      for (const [key, value] of Object.entries(values))
        if (!isAgain || ctx.read(key) === undefined) ctx.set(key, value, by[key] ?? 'customer')
    }
    const open = missing(ctx, config)
    if (complete(ctx, config)) {
      ctx.decide('collected', 'success', { missing: open })
      return Success
    }
    // Who gives one thing after the other is not given up on.
    const isNearer = memory.asked.some((key) => !open.includes(key))
    if (woken !== undefined && !isNearer && memory.asks >= config.maxAttempts)
      return ctx.fail('attempts', `Still missing after ${memory.asks} questions: ${open.join(', ')}.`)
    ctx.decide('collected', null, { missing: open })
    ctx.memory = { asks: memory.asks + (isNearer ? 0 : 1), asked: open } as unknown as Json
    askFor(ctx, config, open, memory.asks > 0 ? (isHeard ? 'more' : 'again') : isPartly(ctx, config) ? 'more' : 'first')
    ctx.services.quietMs = config.quietMs
    return waitForReply(ctx, config)
  },
}

/** Asked again it says so, instead of the same words once more; but not of a reply that brought something. */
function askFor(ctx: DialogueCtx, config: Prepared, keys: string[], when: 'first' | 'more' | 'again'): void {
  const open = config.fields.filter(({ key }) => keys.includes(key))
  const titles = (those: readonly string[]): string[] =>
    open.filter(({ key }) => those.includes(key)).map((field) => titleOf(field, ctx.services))
  const groups = config.done ? [keys] : config.requiredAny.filter((any) => any.every((key) => keys.includes(key)))
  const asksAny = groups.map(titles)
  const alone = keys.filter((key) => !groups.some((any) => any.includes(key)))
  const asked = { ...(alone.length > 0 && { asks: titles(alone) }), ...(asksAny.length > 0 && { asksAny }) }
  if (when === 'first') return speak(ctx, config, { action: 'collect', ...asked })
  const speaker = { step: config.step, title: config.title }
  speak(ctx, speaker, {
    ...(when === 'more' ? { action: 'collect', outcome: 'ok' } : { action: 'ask_again' }),
    ...asked,
  })
  const text = listedValues(open, ctx.services)
  if (text !== undefined) speak(ctx, speaker, { action: 'collect', text })
}

function understand(ctx: DialogueCtx, config: Prepared, memory: Memory, text: string): ReturnType<typeof extract> {
  return extract(ctx, {
    text,
    fields: config.fields,
    asked: memory.asked,
    required: [...config.required, ...config.requiredAny.flat()],
    triggers: config.triggers,
    wanted: (found) => !complete(ctx, config, found),
  })
}

/** An identifier or a listed value is an answer whatever else is said; where any text is one, so are most words. */
function heardBeside(
  ctx: DialogueCtx,
  config: Prepared,
  memory: Memory,
  reply: Reply,
  stay: () => Status,
): Status | undefined {
  const isFree = ({ key, type }: Config['fields'][number]): boolean => type === 'text' && memory.asked.includes(key)
  const free = config.fields.some(isFree) ? ({ free: true } as const) : undefined
  const asks = config.fields.filter(({ key }) => memory.asked.includes(key))
  const corrected = correctionByWords(ctx, reply, stay, { isFree: free !== undefined, asks })
  if (corrected !== undefined) return corrected
  const found = extractOffline({
    message: reply.text,
    fields: config.fields.filter((field) => !isFree(field)),
    asked: memory.asked,
    opening: false,
    triggers: config.triggers,
    today: ctx.services.today,
    language: ctx.services.language,
  })
  // "Delete my data" names no item that was bought, though it looks like it.
  const hit = saidAside(ctx, reply)?.hit ?? ''
  const isOwn = ({ key, pattern, enum: listed }: Config['fields'][number]): boolean => {
    const value = found[key]
    if (value === undefined) return false
    return pattern !== undefined || listed !== undefined || typeof value !== 'string' || !hit.includes(fold(value))
  }
  if (config.fields.some(isOwn)) return undefined
  return globalByWords(ctx, reply, stay, free)
}

/** "Let me talk to a person" answers no question, also where any text would do. "Your manager was rude" does. */
function isCallForPerson({ services }: DialogueCtx, text: string, values: Json[]): boolean {
  if (services.customs.person?.off) return false
  if (values.length > 0) return values.every((value) => typeof value === 'string' && asksForPerson(value))
  // What another step took for its answer has been heard: a manager who was rude in it is not called.
  return services.input?.isAbout ? asksForPerson(text) : wantsPerson(text)
}

function complete(ctx: DialogueCtx, config: Prepared, found: Record<string, Json> = {}): boolean {
  const read = (path: string): Json | undefined => (Object.hasOwn(found, path) ? found[path] : ctx.read(path))
  const has = (key: string): boolean => read(key) !== undefined
  const required = config.required.every(has) && config.requiredAny.every((keys) => keys.some(has))
  if (required) return true
  return config.done?.evaluate({ read, now: ctx.now(), dayOf: ctx.services.dayOf }) === true
}

/** The author's words ask for all of it: who has said some of it is asked for the rest, if they do nothing but ask. */
const isPartly = (ctx: DialogueCtx, { say, required, requiredAny }: Config): boolean =>
  onlyAsks(textFor(say, ctx.services)) &&
  [...required.map((key) => [key]), ...requiredAny].some((keys) => keys.some((key) => ctx.read(key) !== undefined))

/** A price or a condition beside a question is to be told in any case. */
const onlyAsks = (text: string | undefined): boolean =>
  text?.split(/(?<=[.!?…])\s+/).every((sentence) => sentence.trimEnd().endsWith('?')) ?? false

function missing(ctx: DialogueCtx, config: Config): string[] {
  const lacks = (key: string): boolean => ctx.read(key) === undefined
  const open = config.required.filter(lacks)
  const alternatives = config.requiredAny.filter((keys) => keys.every(lacks)).flat()
  return [...new Set([...open, ...alternatives])]
}
