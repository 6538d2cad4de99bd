/** Longer words are not compared: the work grows with the square. */
const comparedLength = 60
const comparedWords = 200

/** The word that was probably meant: at most a third of it mistyped. Undefined when none is so close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > comparedLength) return undefined
  const wanted = word.toLowerCase()
  let best: string | undefined
  let fewest = word.length
  for (const candidate of candidates.slice(0, comparedWords)) {
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
    if (Math.abs(candidate.length - word.length) > allowed) continue
    const edits = distance(wanted, candidate.toLowerCase())
    // The first of several that are as close.
    if (edits <= allowed && edits < fewest) [best, fewest] = [candidate, edits]
  }
  return best
}

/** How many characters to insert, remove, replace or swap with the next one. */
function distance(a: string, b: string): number {
  let [beforeLast, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min((last?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last?.[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (beforeLast?.[j - 2] ?? 0) + 1)
      }
      row.push(edits)
    }
    ;[beforeLast, last] = [last, row]
  }
  return last?.[b.length] ?? 0
}
