import type { LeafConfig } from '@copse/contracts'
import { isNegated } from './options.ts'
import {
  cancelAfterShrug,
  cancelAlone,
  cancelPhrases,
  courtesies,
  forgetPhrases,
  repeatPhrases,
  shrugs,
} from './vocabulary-globals.ts'
import { asksForPerson, fold, foldAuthored, spaced, wantsPerson } from './words.ts'

/** What a customer can say wherever a conversation waits, though nobody there waits for it. */
export const globalNames = ['cancel', 'repeat', 'person', 'forget'] as const
export type GlobalName = (typeof globalNames)[number]

export interface Recognised {
  what: GlobalName
  by: 'words' | 'button' | 'model'
  /** The words, folded. */
  hit: string
  /** Nothing else is said: enough where any text would be an answer. */
  alone: boolean
}

/** A button with this payload means it everywhere. */
export const payloadOf = (what: GlobalName): string => `$${what}`

/** A person is found by how words stand together (see words.ts). */
const phrases: Record<GlobalName, string[]> = {
  forget: forgetPhrases.map(spaced),
  cancel: cancelPhrases.map(spaced),
  repeat: repeatPhrases.map(spaced),
  person: [],
}

/** What the author of a procedure says about them. */
export type Customs = Partial<LeafConfig<'globals'>>

/** By a button or by words: whole words, the longest phrase, none that is negated. Undefined: nothing of the kind. */
export function globalIn(
  { text, payload }: { text: string; payload?: string | undefined },
  own: Customs = {},
): Recognised | undefined {
  const isOn = (what: GlobalName): boolean => own[what]?.off !== true
  const tapped = globalNames.find((what) => payload === payloadOf(what) && isOn(what))
  if (tapped) return { what: tapped, by: 'button', hit: payloadOf(tapped), alone: true }
  // "No, forget it" does not deny what follows; "no cancele todo" does.
  const folded = fold(text.replace(/\bno\s*[,.;:!]+/gi, ' '))
  if (folded === '' || payload !== undefined) return undefined
  // Who asks for a person, too, gets one: they can do the rest.
  if (isOn('person') && asksForPerson(text)) return { what: 'person', by: 'words', hit: folded, alone: true }
  const found = longestIn(folded, text.includes('?'), own)
  if (found) return found
  return isOn('person') && wantsPerson(text) ? { what: 'person', by: 'words', hit: folded, alone: false } : undefined
}

function longestIn(folded: string, isQuestion: boolean, own: Customs): Recognised | undefined {
  const alone = isQuestion || own.cancel?.off === true ? undefined : cancelledBy(folded)
  if (alone !== undefined) return { what: 'cancel', by: 'words', hit: alone, alone: true }
  const text = spaced(folded)
  let longest: Recognised | undefined
  for (const what of globalNames) {
    if (own[what]?.off) continue
    // "Can I cancel this?" asks about it, and wants nothing yet.
    if (what === 'cancel' && isQuestion) continue
    const words = (own[what]?.words ?? []).map((word) => spaced(foldAuthored(word)))
    for (const within of [...phrases[what], ...words]) {
      const start = text.indexOf(within)
      if (start < 0) continue
      const phrase = within.slice(1, -1)
      if (phrase.length <= (longest?.hit.length ?? 0)) continue
      const before = folded.slice(0, start).split(' ').filter(Boolean)
      if (isNegated(before)) continue
      const rest = [...before, ...folded.slice(start + phrase.length).split(' ')].filter(Boolean)
      longest = { what, by: 'words', hit: phrase, alone: rest.every((word) => courtesies.has(word)) }
    }
  }
  return longest
}

/** "Cancel", "da igual, cancélalo"; but "no cancele" asks for the contrary. */
function cancelledBy(folded: string): string | undefined {
  const shrug = shrugs.filter((phrase) => folded.startsWith(`${phrase} `)).toSorted((a, b) => b.length - a.length)[0]
  const whole = bare(folded.split(' '))
  const rest = shrug === undefined ? '' : bare(folded.slice(shrug.length + 1).split(' '))
  const hit = [whole, rest].find((words, at) => cancelAlone.has(words) || (at === 1 && cancelAfterShrug.has(words)))
  return hit === undefined || folded.includes(`no ${hit}`) ? undefined : hit
}

const bare = (words: readonly string[]): string => words.filter((word) => !courtesies.has(word)).join(' ')

const askingWords =
  /^(?:what|how|when|where|why|who|which|can i|can you|could you|do you|does|is there|are there|are you|que|como|cuando|donde|por que|quien|cual|cuanto|puedo|puede|hay|tienen|aceptan) /

/** It asks something. Whether that is an answer to what was asked is for who asked to say. */
export const isQuestion = (text: string): boolean => text.includes('?') || askingWords.test(`${fold(text)} `)
