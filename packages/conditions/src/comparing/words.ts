/** Text is the same whatever its case. */
export const fold = (text: string): string => text.toLowerCase()

/** The one character that folds to more characters than it had folds to an `i` with this. */
const grown = '\u0307'

/** Lists up to this long are walked; longer ones are looked up. */
const walked = 8

/**
 * Is a text one of some words, in any case? Folding is the expensive part, and rarely needed: usually the text is
 * spelled like the word, or has a length or a first letter that no word has.
 */
export function wordTest(words: readonly string[]): (text: string) => boolean {
  const folded = [...new Set(words.map(fold))]
  const set = new Set(folded)
  // One bit for each length, modulo 32, and one for each first letter.
  const lengths = folded.some((word) => word.includes(grown))
    ? -1
    : folded.reduce((bits, word) => bits | bit(word.length), 0)
  const letters = folded.reduce((bits, word) => bits | bit(word.charCodeAt(0)), 0)
  const couldFold = (text: string): boolean => {
    if ((lengths & bit(text.length)) === 0) return false
    const letter = text.charCodeAt(0)
    // An ASCII letter has the same last five bits in both cases; what is not ASCII may fold to anything.
    return (letter > 127 || (letters & bit(letter)) !== 0) && set.has(fold(text))
  }
  if (folded.length > walked) return (text) => set.has(text) || couldFold(text)
  return (text) => {
    for (const word of folded) if (word === text) return true
    return couldFold(text)
  }
}

const bit = (value: number): number => 1 << (value & 31)
