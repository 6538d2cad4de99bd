/** What is said over and over when a tree is built by hand: the leaves that talk, menus, and the endings. */
import { leaves, type Field, type LeafConfig, type LeafOp } from '@copse/contracts'
import { defineNode, Success, type Builder } from '@copse/engine'
import type { z } from 'zod'

export type B = Builder<{ fields: undefined; subtrees: undefined }>
export type Texts = Record<string, string>
export type Silence = NonNullable<LeafConfig<'collect'>['silence']>

const leaf = <Op extends LeafOp>(op: Op) =>
  defineNode<LeafConfig<Op>, LeafConfig<Op>, unknown, Op>({
    op,
    kind: 'leaf',
    config: leaves[op] as unknown as z.ZodType<LeafConfig<Op>>,
    run: () => Success,
  })
export const ask = leaf('collect')
export const call = leaf('call')
export const cancelTask = leaf('cancel_task')
export const classify = leaf('classify')
export const confirm = leaf('confirm')
export const correct = leaf('correct')
export const decide = leaf('decide')
export const end = leaf('end')
export const enter = leaf('enter')
export const handoff = leaf('handoff')
export const listen = leaf('listen')
export const missing = leaf('missing')
export const offer = leaf('offer')
export const pass = leaf('pass')
export const pause = leaf('pause')
export const recover = leaf('recover')
export const review = leaf('review')
export const say = leaf('say')
export const scheduleTask = leaf('schedule_task')
const choose = leaf('choose')

/** A field, or a choice, by its name in both languages. */
export const called = (en: string, es: string) => ({ title: en, titles: both(en, es) })
export const both = (en: string, es: string): Texts => ({ en, es })

export const minutes = 60_000
/** Reminded after half an hour, given up after a day. */
export const nudgeThenEnd: Silence = [{ afterMs: 30 * minutes }, { afterMs: 24 * 60 * minutes, exit: 'silence' }]

/** What a menu offers: its id is the exit. */
export interface Choice {
  id: string
  en: string
  es: string
  means: string
  words: string[]
  /** Fields that the answer may hold already. */
  takes?: Field[]
}

/** One choice of a menu: what stands on it in each language, and after a colon the words that mean it. */
export function choice(id: string, means: string, english: string, spanish: string, takes?: Field[]): Choice {
  const [en = '', words = ''] = english.split(': ')
  const [es = '', more = ''] = spanish.split(': ')
  return { id, en, es, means, words: `${words}, ${more}`.split(', '), ...(takes ? { takes } : {}) }
}

/** Says something with options and waits for one of them, in two leaves of one stage. */
export function menu<const N extends string>(
  b: B,
  name: N,
  title: string,
  text: Texts,
  choices: readonly Choice[],
  silence?: Silence,
) {
  const offered = choices.map(({ id, en, es }) => ({ id, title: en, titles: both(en, es) }))
  return b.sequence(
    name,
    b.do(null, say, { step: name, title, say: text, options: offered }),
    b.do(null, choose, {
      step: name,
      title,
      ...(silence ? { silence } : {}),
      options: choices.map(({ id, means, words, takes = [] }, at) => ({
        ...offered[at]!,
        description: means,
        keywords: words,
        exit: id,
        takes,
      })),
      maxAttempts: 3,
    }),
  )
}

/** Says something and goes on. */
export const tell = <const N extends string>(b: B, name: N, title: string, en: string, es: string) =>
  b.do(name, say, { step: name, title, say: both(en, es), options: [] })

/** The last words of a conversation, and what came of it. */
export const goodbye = <const N extends string>(
  b: B,
  name: N,
  title: string,
  outcome: string,
  en: string,
  es: string,
) => b.do(name, end, { step: name, title, outcome, say: both(en, es) })

/** Tells the person what it is about, the customer that a person goes on, and ends. */
export const passOn = <const N extends string>(
  b: B,
  name: N,
  title: string,
  about: { reason: string; summary: string; data?: string[] },
  en: string,
  es: string,
) =>
  b.sequence(
    name,
    b.do(null, handoff, { step: name, title, ...about, say: both(en, es) }),
    b.do(null, end, { step: name, title, outcome: 'escalated' }),
  )

/** The same where no author says anything: it is ours. */
function toPerson<const N extends string>(b: B, name: N, reason: string, en: string, es: string, summary?: string) {
  const passedOn = both(
    `${en} I am passing your case to a colleague, who will get back to you. Your reference is {{case_id}}.`,
    `${es} Paso su caso a una persona del equipo, que le responderá. Su referencia es {{case_id}}.`,
  )
  return b.sequence(
    name,
    b.do(null, handoff, { step: name, reason, say: passedOn, ...(summary === undefined ? {} : { summary }) }),
    b.do(null, end, { step: name, outcome: 'escalated' }),
  )
}

export const deadEnd = (b: B) =>
  toPerson(
    b,
    '$handoff',
    'dead_end',
    'I am sorry, I cannot settle this by myself.',
    'Lo siento, no puedo resolverlo por mi cuenta.',
  )
export const notAnswering = (b: B) =>
  toPerson(
    b,
    '$unavailable',
    'unavailable',
    'I am sorry, one of our systems is not answering right now.',
    'Lo siento, uno de nuestros sistemas no responde en este momento.',
  )
export const wantsPerson = (b: B) => toPerson(b, '$person', 'wants_person', 'Of course.', 'Por supuesto.')
export const nobodyKnown = (b: B) =>
  toPerson(
    b,
    '$unidentified',
    'not_identified',
    'I am sorry, I could not find your customer account, so I cannot look at your data.',
    'Lo siento, no encuentro su cuenta de cliente, así que no puedo consultar sus datos.',
  )
export const correctedTooLate = (b: B) =>
  toPerson(
    b,
    '$corrected',
    'corrected_too_late',
    'I cannot take that back by myself.',
    'No puedo deshacerlo por mi cuenta.',
    '{{_correction.why}}',
  )
export const fellSilent = (b: B) => b.do('$silent_end', end, { step: '$silent_end', outcome: 'silent' })
