import { endTarget } from '../graph/stage-graph.ts'

/** Longer ones are no slip of the pen, and comparing them takes time. */
const longestWord = 40

/** The known name that the author most likely meant. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined
  const most = Math.max(1, Math.floor(word.length / 3))
  let best: { name: string; distance: number } | undefined
  for (const name of known) {
    if (Math.abs(name.length - word.length) > most) continue
    const distance = distanceOf(word.toLowerCase(), name.toLowerCase())
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { name, distance }
  }
  return best?.name
}

/** `Did you mean "x"?`, else the names there are when they are few. */
export function suggestion(word: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  const name = nearest(word, names)
  if (name !== undefined) return `Did you mean "${name}"?`
  return names.length > 0 && names.length <= 12 ? `Known: ${names.join(', ')}.` : undefined
}

/** For what leads nowhere: the step or state that was meant, or what can be written there. */
export const targetFix = (what: 'step' | 'state', name: string, ids: Iterable<string>): string =>
  suggestion(name, new Set([...ids, endTarget, 'handoff'])) ?? `Name a ${what}, \`end\` or \`handoff\`.`

/** Changes of one letter, neighbours swapped included (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
