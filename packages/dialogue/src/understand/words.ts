import {
  doubts,
  negations,
  noWords,
  personAlone,
  personPhrases,
  unsureWords,
  yesAlone,
  yesWhole,
  yesWords,
} from './vocabulary.ts'

/** Lower case, no accents, single spaces; apostrophes stay inside words. "okay" and a thumb up are words like any. */
export function fold(text: string): string {
  // Many ask for the words of one message.
  if (text !== last.text) last = { text, folded: folded(text) }
  return last.folded
}

let last = { text: '', folded: '' }

/** The same of what an author wrote, which every message asks for: kept, as nothing of a customer is. */
export function foldAuthored(text: string): string {
  let found = authored.get(text)
  if (found === undefined) {
    if (authored.size === mostAuthored) authored.clear()
    authored.set(text, (found = folded(text)))
  }
  return found
}

const authored = new Map<string, string>()
const mostAuthored = 500

function folded(text: string): string {
  return text
    .replace(/[👍👌✅🆗✔☑]/gu, ' ok ')
    .replace(/[👎❌🚫✖]/gu, ' no ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^\p{L}\p{N}'#$-]+/gu, ' ')
    .replace(/\b(?:okay|okey|oki|okk+)\b/g, 'ok')
    .trim()
}

/** So that only whole words are found in it, or are it. */
export const spaced = (words: string): string => ` ${words} `

export const has = (folded: string, phrase: string): boolean => spaced(folded).includes(spaced(phrase))

/**
 * yes, no, or undefined when the reply is neither or both. Money may move on a yes: only short replies count, without a
 * question, a doubt or a negation in them. `asked`: who was asked whether to cancel says no refusal with "yes, cancel it".
 */
export function yesOrNo(text: string, asked = ''): 'yes' | 'no' | undefined {
  const folded = fold(text).replace(/(\p{L})\1{2,}/gu, '$1')
  const asks = text.includes('?')
  const beside = folded.replace(assent, '').trim()
  // "No problem, I will do it myself" is worth what is said beside it.
  if (beside !== folded) return yesOrNo(`${beside === '' ? 'yes' : beside}${asks ? '?' : ''}`, asked)
  const words = folded.split(' ')
  if (words.length > 8 || unsureWords.some((word) => has(folded, word))) return undefined
  const deed = deeds.find(({ question }) => question.test(deedIn(asked)))
  const isNo = (word: string): boolean => has(folded, word) && deed?.words.includes(word) !== true
  if (folded === 'n' || noWords.some(isNo)) return 'no'
  if (words.some(denies)) return tells.test(folded) ? undefined : 'no'
  if (asks || inverted.test(folded) || doubts.some((word) => has(folded, word))) return undefined
  if (/^[ys]$/.test(folded) || yesWords.some((word) => has(folded, word))) return 'yes'
  const rest = yesWhole.reduce((left, phrase) => spaced(left).replace(spaced(phrase), ' ').trim(), folded)
  return folded !== '' && rest.split(' ').every((word) => word === '' || yesAlone.has(word)) ? 'yes' : undefined
}

/** There is a no in them, or one to follow, and they agree. */
const assent =
  /(?<=^(?:(?:yes|yeah|yep|sure|ok|si|claro|vale) )?)(?:(?:pues|bueno) )?(?:no problem|no worries|no doubt|without a doubt|sin problemas?|sin duda)(?: at all| about it)?(?= |$)|(?:^(?:pues|bueno) |(?<=^(?:yes|ok|si|claro|vale) ))no hay problema(?= |$)/
/** "Yes is it refundable", as it is dictated, asks. */
const inverted =
  /^(?:(?:yes|yeah|yep|sure|ok|and|so) )*(?:(?:is|are|was|does|did|can|could|will|would|should|may|has) (?:it|there|that|this|the|you|i|we|they|my|your|any|an?)|do (?:you|i|we|they))(?: |$)/
/** What a question may be about, and a refusal in any other. */
const deeds = [
  {
    question: /(?<!\b(?:you (?:can|may|could)|puedes?|podra) )\bcancel(?!l?ed|lation|ad|aci)/,
    words: ['cancel', 'cancela'],
  },
  { question: /\bstop/, words: ['stop'] },
]
/** The sentence that asks, and what stands before a mere "Shall I?": "Book it? You can cancel later" asks to book. */
function deedIn(asked: string): string {
  const sentences = asked.slice(0, asked.lastIndexOf('?') + 1 || undefined).match(/[^.!?\n]+/g) ?? []
  const last = sentences.map(fold).filter(Boolean).slice(-2)
  return (last.at(-1)?.split(' ').length ?? 0) > 3 ? last.at(-1)! : last.join(' ')
}
/** "Yes, it hasn't arrived" says what is the case: no refusal, and too little to agree. */
const tells = /^(?:yes|yeah|yep|yup|si|correct|exactly) .*\b(?:has|have|had|did|could)n'?t\b/
const denies = (word: string): boolean => isNegation(word) || word.endsWith("n't") || unwritten.has(word)
const unwritten = new Set('doesnt didnt isnt wasnt arent werent wont cant couldnt wouldnt havent hasnt'.split(' '))

/** The longest no in a reply: an answer where a yes or a no is waited for. */
export function noWordIn(text: string): { hit: string } | undefined {
  const words = fold(text)
  const found = noWords.filter((word) => has(words, word)).toSorted((a, b) => b.length - a.length)
  return found[0] === undefined ? undefined : { hit: found[0] }
}

/** A person is mentioned, and not with a no before it: enough where nothing else was understood. */
export function wantsPerson(text: string): boolean {
  const folded = fold(text)
  return personIn(folded) !== undefined || isPersonAlone(folded)
}

const asking = [
  /\b(?:talk|speak|chat|connect|transfer|pass|put|call|hablar|pas[ae]me|llam[ae]me)(?: \S+){0,3}$/,
  /\b(?:get|give|want|need|prefer|rather|deme|quiero|prefiero|necesito)(?: \S+){0,2}$/,
]
const courtesies = new Set('a an the your please pls plz now just hello hi yes no un una por favor hola si'.split(' '))

/** A person is asked for, and little else is said: enough where any text would be an answer. */
export function asksForPerson(text: string): boolean {
  const folded = fold(text)
  const found = personIn(folded)
  if (!found) return isPersonAlone(folded)
  const upTo = folded.slice(0, found.end).replace(/ ?\S+$/, '')
  const around = `${folded.slice(0, found.start)} ${folded.slice(found.end)}`.split(' ').filter(Boolean)
  return asking.some((words) => words.test(upTo)) || around.every((word) => courtesies.has(word))
}

function isPersonAlone(folded: string): boolean {
  const words = folded.split(' ')
  return !words.some(isNegation) && personAlone.has(words.filter((word) => !courtesies.has(word)).join(' '))
}

const personsSpaced = personPhrases.map(spaced)

function personIn(folded: string): { start: number; end: number } | undefined {
  const text = spaced(folded)
  for (const within of personsSpaced) {
    const start = text.indexOf(within)
    if (start < 0 || negations.has(folded.slice(0, start).trim().split(' ').at(-1) ?? '')) continue
    return { start, end: start + within.length - 2 }
  }
  return undefined
}

export const isNegation = (word: string): boolean => negations.has(word)
