import type { Passage } from '@copse/llm'

/** Nothing that could do harm when invented, a number in figures or where to go, is in the answer and not in its passages. */
export function isGrounded(answer: string, passages: readonly Passage[]): boolean {
  const source = passages.map(({ headings, text }) => [...headings, text].join('\n')).join('\n')
  const numbers = numbersIn(source)
  const places = source.toLowerCase()
  return (
    [...numbersIn(answer)].every((number) => numbers.has(number)) &&
    placesIn(answer).every((place) => places.includes(place.toLowerCase()))
  )
}

/** Runs of digits: "09:00" is 9 and 0, as is "9:00". */
const numbersIn = (text: string): Set<string> =>
  new Set((text.match(/\p{Nd}+/gu) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, '')))

/** Links, addresses of mail and names of hosts. */
const placesIn = (text: string): string[] =>
  text.match(
    /(?:https?:\/\/|www\.)[^\s)>\]"']*[^\s)>\]"'.,;:!?]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi,
  ) ?? []
