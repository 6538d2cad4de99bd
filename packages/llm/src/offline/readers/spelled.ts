const words = [
  ['zero', 'cero'],
  ['one', 'uno', 'un', 'una', 'a', 'an'],
  ['two', 'dos'],
  ['three', 'tres'],
  ['four', 'cuatro'],
  ['five', 'cinco'],
  ['six', 'seis'],
  ['seven', 'siete'],
  ['eight', 'ocho'],
  ['nine', 'nueve'],
  ['ten', 'diez'],
]
/** "A week" is one; "a" alone counts nothing. */
const articles = new Set(['un', 'una', 'a', 'an'])

/** Small numbers as words, without case and accents. */
export const spelled: readonly (readonly string[])[] = words.map((names) => names.filter((name) => !articles.has(name)))

/** For a pattern: a number before what it counts, in digits or a word. */
export const counted = `\\d{1,3}|${words.flat().join('|')}`

export const countOf = (text: string): number => {
  const spoken = words.findIndex((names) => names.includes(text))
  return spoken < 0 ? Number(text) : spoken
}
