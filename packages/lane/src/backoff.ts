/**
 * A pause before the next try: anywhere up to one that doubles with each. What failed together does not come again
 * together.
 */
export const backoffMs = (chance: () => number, firstMs: number, longestMs: number, tries: number): number =>
  Math.round(chance() * Math.min(firstMs * 2 ** (tries - 1), longestMs))
