import { plain, type Word } from '../words.ts'

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

/** For a pattern: a number before what it counts, in digits or a word. */
export const counted = `\\d{1,3}|${words.flat().join('|')}`

export const countOf = (text: string): number => {
  const spoken = words.findIndex((names) => names.includes(text))
  return spoken < 0 ? Number(text) : spoken
}

// "Once" is eleven in Spanish only, and said in English too often.
const teens = [
  ['eleven'],
  ['twelve', 'doce'],
  ['thirteen', 'trece'],
  ['fourteen', 'catorce'],
  ['fifteen', 'quince'],
  ['sixteen', 'dieciseis'],
  ['seventeen', 'diecisiete'],
  ['eighteen', 'dieciocho'],
  ['nineteen', 'diecinueve'],
]
const tens = [
  ['twenty', 'veinte'],
  ['thirty', 'treinta'],
  ['forty', 'cuarenta'],
  ['fifty', 'cincuenta'],
  ['sixty', 'sesenta'],
  ['seventy', 'setenta'],
  ['eighty', 'ochenta'],
  ['ninety', 'noventa'],
]
const values = new Map([
  ...[...words, ...teens].flatMap((names, value) => names.map((name) => [name, value] as const)),
  ...tens.flatMap((names, at) => names.map((name) => [name, 20 + 10 * at] as const)),
  ...words.slice(1, 10).flatMap((names, at) => names.map((name) => [`veinti${name}`, 21 + at] as const)),
])
const larger = new Set(
  'dozen dozens hundred hundreds thousand thousands million half docena docenas cien ciento cientos mil'.split(' '),
)

/** What follows the number that ends here makes it another one: "2 hundred". */
export const isScaled = (text: string, end: number): boolean =>
  larger.has(/^ ?([a-z]+)/.exec(plain(text.slice(end, end + 16)))?.[1] ?? '')

/** "The twenty fifth" counts nothing. */
const ordinals = new Set('first second third fourth fifth sixth seventh eighth ninth'.split(' '))

/** Some of it may count something, in digits or words. */
export const saysNumber = (message: readonly Word[]): boolean =>
  message.some(({ plain }) => /\d/.test(plain) || larger.has(plain) || (values.has(plain) && !articles.has(plain)))

interface Spelled {
  start: number
  end: number
  value: number
}

const pointing = new Set('no any every each another other which this that the a an my'.split(' '))
const counting = new Set('for of just only is be are with or and'.split(' '))

/** "No one", "the blue one" and "that one" count nothing; "a table for one" does. */
function isPronoun(before: readonly Word[]): boolean {
  const last = before.slice(-3).findLast(({ plain }) => pointing.has(plain) || counting.has(plain))
  return last !== undefined && pointing.has(last.plain)
}

/** Numbers below a hundred in words: "twelve", "thirty-five", "treinta y cinco". "Two hundred" is not read as two. */
export function spelledIn(message: readonly Word[]): Spelled[] {
  const found: Spelled[] = []
  for (const [at, { plain, start, end }] of message.entries()) {
    const value = articles.has(plain) ? undefined : values.get(plain)
    if (value === undefined || message.slice(Math.max(0, at - 2), at + 3).some((word) => larger.has(word.plain)))
      continue
    if (plain === 'one' && isPronoun(message.slice(0, at))) continue
    const isTens = value >= 20 && value % 10 === 0
    if (isTens && ordinals.has(message[at + 1]?.plain ?? '')) continue
    const last = found.at(-1)
    const isUnit = value > 0 && value < 10 && last !== undefined && last.value >= 20 && last.value % 10 === 0
    // "Twenty five" and "treinta y cinco" are one number, "twenty, five of them kids" are two.
    if (isUnit && start - last.end === (message[at - 1]?.plain === 'y' ? 3 : 1))
      found[found.length - 1] = { start: last.start, end, value: last.value + value }
    else found.push({ start, end, value })
  }
  return found
}
