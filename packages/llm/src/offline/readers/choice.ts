import { findListed, isFree, isNegated, type Found, type Reader } from '../reading.ts'

/** One of the author's values. Two different ones are a question to ask back, not an answer. */
export const readChoice: Reader = (field, reading) => {
  const meant = outermost(findListed(reading, field.enum ?? [])).filter(
    (one) => isFree(reading, one) && !isNegated(reading, one.start),
  )
  return new Set(meant.map((one) => one.value)).size === 1 ? meant.at(-1) : undefined
}

/** "extra large" is not also "large". */
function outermost(found: Found[]): Found[] {
  let reached = 0
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((one) => {
      const isInside = one.end <= reached
      reached = Math.max(reached, one.end)
      return !isInside
    })
}
