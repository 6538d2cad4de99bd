/** Words of a message with their places, so that what was read can be claimed and the rest is known. */
export interface Word {
  text: string
  /** Without case and accents. */
  plain: string
  stem: string
  start: number
  end: number
}

/** Without case and accents; for comparing only, since lengths may change. */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLowerCase()

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu)].map((match) => {
    const folded = plain(match[0])
    return { text: match[0], plain: folded, stem: stem(folded), start: match.index, end: match.index + match[0].length }
  })
}

/** Light on purpose: enough that "charged", "charges" and "charge" meet, and "charger" stays apart. */
export function stem(word: string): string {
  let root = word.replace(/'s?$/, '')
  if (root.length > 4 && root.endsWith('ies')) root = `${root.slice(0, -3)}y`
  else if (root.length > 5 && root.endsWith('ing')) root = root.slice(0, -3)
  else if (root.length > 4 && root.endsWith('ed')) root = root.slice(0, -2)
  else if (root.length > 3 && root.endsWith('s') && !root.endsWith('ss')) root = root.slice(0, -1)
  if (root.length > 3 && root.endsWith('e')) root = root.slice(0, -1)
  if (/([bdgklmnprt])\1$/.test(root) && root.length > 4) root = root.slice(0, -1)
  return root
}

/** Where a phrase stands among the words, by stem: "headphone" is found in "my Headphones". */
export const findPhrase = (words: readonly Word[], phrase: string): { start: number; end: number }[] =>
  findWords(words, wordsOf(phrase))

export function findWords(words: readonly Word[], wanted: readonly Word[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  for (let at = 0; wanted.length > 0 && at + wanted.length <= words.length; at++) {
    if (!wanted.every((word, offset) => words[at + offset]?.stem === word.stem)) continue
    const first = words[at]
    const last = words[at + wanted.length - 1]
    if (first && last) spans.push({ start: first.start, end: last.end })
  }
  return spans
}
