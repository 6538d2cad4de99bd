/**
 * Words that mean the same everywhere, matched as whole phrases after folding case, accents and punctuation. English
 * and Spanish; a reply in another language falls through to classification.
 */
const yesWords = [
  'yes',
  'y',
  'yep',
  'yeah',
  'yup',
  'sure',
  'ok',
  'okay',
  'correct',
  'right',
  'exactly',
  'please',
  'do it',
  'go ahead',
  'that is right',
  "that's right",
  'thats right',
  "that's it",
  'thats it',
  "that's the one",
  'thats the one',
  'that one',
  'sounds good',
  'of course',
  'confirm',
  'confirmed',
  'perfect',
  'great',
  'fine',
  'si',
  'claro',
  'vale',
  'correcto',
  'de acuerdo',
  'por favor',
  'adelante',
  'eso es',
  'exacto',
  'confirmo',
  'perfecto',
]
const noWords = [
  'no',
  'n',
  'nope',
  'nah',
  'not really',
  'wrong',
  'incorrect',
  'not that',
  "that's wrong",
  'thats wrong',
  'cancel',
  'never mind',
  'stop',
  "don't",
  'dont',
  'para nada',
  'incorrecto',
  'cancela',
  'mal',
]
const personPhrases = [
  'human',
  'real person',
  'a person',
  'talk to someone',
  'speak to someone',
  'speak with someone',
  'talk with someone',
  'an agent',
  'live agent',
  'representative',
  'supervisor',
  'manager',
  'escalate',
  'persona',
  'un agente',
  'humano',
  'encargado',
  'encargada',
  'hablar con alguien',
]
const negations = new Set([
  'not',
  'no',
  'never',
  "don't",
  'dont',
  "doesn't",
  "isn't",
  "won't",
  "can't",
  'cannot',
  'without',
  'nunca',
  'sin',
])

/** Lower case, no accents, single spaces; apostrophes stay inside words. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^\p{L}\p{N}'#$-]+/gu, ' ')
    .trim()
}

const has = (folded: string, phrase: string): boolean => ` ${folded} `.includes(` ${phrase} `)

/** yes, no, or undefined when the reply is neither or both. Only short replies count: a sentence says more than yes. */
export function yesOrNo(text: string): 'yes' | 'no' | undefined {
  const folded = fold(text)
  const words = folded.split(' ')
  if (words.length > 8 || /\b(not sure|don't know|dont know|no idea|no se|unsure)\b/.test(folded)) return undefined
  if (/^no (problem|worries)\b/.test(folded)) return 'yes'
  if (noWords.some((word) => has(folded, word)) || words.some(isNegation)) return 'no'
  return yesWords.some((word) => has(folded, word)) ? 'yes' : undefined
}

export function wantsPerson(text: string): boolean {
  const folded = fold(text)
  return personPhrases.some((phrase) => {
    const at = ` ${folded} `.indexOf(` ${phrase} `)
    return at >= 0 && !negations.has(folded.slice(0, at).trim().split(' ').at(-1) ?? '')
  })
}

export const isNegation = (word: string): boolean => negations.has(word)
