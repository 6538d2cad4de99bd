import { findListed, isFree, isNegated, type Reader } from '../reading.ts'

/** One of the author's values. Two different ones are a question to ask back, not an answer. */
export const readChoice: Reader = (field, reading) => {
  const meant = findListed(reading, field.enum ?? []).filter(
    (one) => isFree(reading, one) && !isNegated(reading, one.start),
  )
  // "extra large" is not also "large"
  const longest = meant.filter(
    (one) => !meant.some((other) => other !== one && covers(other, one) && !covers(one, other)),
  )
  return new Set(longest.map((one) => one.value)).size === 1 ? longest.at(-1) : undefined
}

const covers = (outer: { start: number; end: number }, inner: { start: number; end: number }): boolean =>
  outer.start <= inner.start && outer.end >= inner.end
