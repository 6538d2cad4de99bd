import type { LeafConfig } from '@copse/contracts'
import type { Status } from '@copse/engine'
import { phrase, type Phrase } from '../phrases.ts'
import { askKnowledge, type Answered } from '../understand/ask-knowledge.ts'
import { classify, type Label } from '../understand/classify.ts'
import {
  globalIn,
  globalNames,
  isQuestion,
  payloadOf,
  type GlobalName,
  type Recognised,
} from '../understand/globals.ts'
import type { Reply } from '../understand/options.ts'
import { correctionByModel, correctionByWords, correctionLabels } from './corrections.ts'
import { leave, type DialogueCtx } from './step.ts'
import { fold } from '../understand/words.ts'

/**
 * What can be said at any time, by a button or by words. Who waits asks this where it has no answer of its own in the
 * reply, or one by `hit`, its words, which a longer phrase outdoes. `stay` waits on as if nothing was said.
 */
export function globalByWords(
  ctx: DialogueCtx,
  reply: Reply,
  stay: () => Status,
  own?: { hit: string } | { free: true },
): Status | undefined {
  const answer = own && 'hit' in own ? own.hit : undefined
  const corrected = correctionByWords(ctx, reply, stay, { own: answer, isFree: own !== undefined && 'free' in own })
  if (corrected !== undefined) return corrected
  const found = saidAside(ctx, reply)
  if (!found) return undefined
  if (own && 'free' in own && !found.alone) return undefined
  // An author's own way to a person is one.
  if (own && 'hit' in own && (found.what === 'person' || found.hit.length <= own.hit.length)) return undefined
  return take(ctx, found, stay)
}

/** Who wants to hear from us again may never have got the question that is open. */
export function saidAside({ services: { customs, input } }: DialogueCtx, reply: Reply): Recognised | undefined {
  const back = input?.returns === true ? fold(reply.text) : undefined
  return (
    globalIn(reply, customs) ?? (back === undefined ? back : { what: 'repeat', by: 'words', hit: back, alone: true })
  )
}

/**
 * Nothing else was understood: a question that the tenant's text answers, or what one model call makes of it. One that
 * it does not answer gets its line, and what was waited for is asked again. `line`: it was asked before. `answers`: what
 * is asked of the text, questions unless it is said.
 */
export async function globalAtLast(
  ctx: DialogueCtx,
  reply: Reply,
  stay: () => Status,
  { line, answers }: { line?: Phrase | undefined; answers?: Answers } = {},
): Promise<Status | undefined> {
  if (reply.text === '') return undefined
  const answered = line === undefined ? await answerFromText(ctx, reply.text, answers) : { line }
  if (answered && 'text' in answered) return putBefore(ctx, answered.text, reply, stay)
  const label = await classify(ctx, {
    text: reply.text,
    labels: [],
    facts: {},
    byWords: false,
    beside: labelsBeside(ctx),
  })
  const meant = await globalByModel(ctx, label, reply.text, stay)
  if (meant === undefined && answered)
    ctx.services.said.push({ action: 'answer', title: 'answer', text: phrase(answered.line, ctx.services.language) })
  return meant
}

/** Nothing but a question, which the tenant's text answers, is no answer, whatever its words look like. Else its line. */
export async function questionAlone(
  ctx: DialogueCtx,
  reply: Reply,
  stay: () => Status,
): Promise<Status | { line: Phrase } | undefined> {
  if (!/^[^.!?\n]*\?$/.test(reply.text)) return undefined
  const answered = await answerFromText(ctx, reply.text)
  return answered && 'text' in answered ? putBefore(ctx, answered.text, reply, stay) : answered
}

/** Said before what was said last, which is waited for as if nothing had been. */
function putBefore(ctx: DialogueCtx, text: string, reply: Reply, stay: () => Status): Status {
  ctx.services.said.push({ action: 'answer', title: 'answer', text })
  ctx.services.global = { what: 'question', by: 'words', hit: reply.text, alone: true }
  return stay()
}

type Answers = LeafConfig<'listen'>['answers']

/** Undefined: the text is not asked, or what it was asked is no question and has no answer. */
export async function answerFromText(ctx: DialogueCtx, text: string, answers?: Answers): Promise<Answered | undefined> {
  if (answers === 'nothing' || ctx.services.customs.questions?.off) return undefined
  const asked = await askKnowledge(
    ctx.services,
    text,
    (args, perform) => ctx.effect('knowledge', args, { policy: 'read' }, perform),
    answers === 'everything',
  )
  // What was no question gets no line that says there is no answer.
  const answered = asked && ('text' in asked || isQuestion(text)) ? asked : undefined
  if (answered) ctx.decide('question', 'text' in answered ? 'answered' : answered.line, { text })
  return answered
}

function take(ctx: DialogueCtx, found: Recognised, stay: () => Status): Status {
  ctx.decide('global', found.what, { by: found.by, hit: found.hit })
  if (found.what === 'person') return leave(ctx, 'person', 'wants_person', 'The customer asked for a person.')
  ctx.services.global = found
  return stay()
}

const meanings: Record<GlobalName, string> = {
  cancel: 'The customer wants to stop here and have nothing more done.',
  repeat: 'The customer wants to hear the last message again.',
  person: 'The customer wants to talk to a person.',
  forget: 'The customer wants their personal data deleted.',
}

/** For the one question to a model that a turn has. No author's label begins with the sign. */
export const labelsBeside = (ctx: DialogueCtx): Label[] => [
  ...globalNames
    .filter((what) => ctx.services.customs[what]?.off !== true)
    .map((what) => ({ id: payloadOf(what), description: meanings[what], keywords: [] })),
  ...correctionLabels(ctx),
]

/** What a model chose, if it was one of them. */
export async function globalByModel(
  ctx: DialogueCtx,
  label: string | undefined,
  text: string,
  stay: () => Status,
): Promise<Status | undefined> {
  const what = globalNames.find((name) => payloadOf(name) === label && ctx.services.customs[name]?.off !== true)
  if (what) return take(ctx, { what, by: 'model', hit: text, alone: false }, stay)
  return correctionByModel(ctx, label, text, stay)
}
