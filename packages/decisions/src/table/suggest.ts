/** `Did you mean "x"?`, else the names there are when they are few. */
export function suggestion(word: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  const most = Math.max(1, Math.floor(word.length / 3))
  const near = names
    .map((name) => ({ name, distance: distanceOf(word.toLowerCase(), name.toLowerCase(), most) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)[0]
  if (near) return `Did you mean "${near.name}"?`
  return names.length > 0 && names.length <= 8 ? `Known: ${names.join(', ')}.` : undefined
}

/** Letters to change, add, take away or swap with their neighbour; more than `most` is not looked into. */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(changed, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
