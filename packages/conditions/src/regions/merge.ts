import type { Cell } from './cell.ts'

/** A cell and what the conditions answer on it. */
export interface Answered extends Cell {
  answers: (boolean | null)[]
}

/**
 * One cell for what people would not tell apart: what no constant speaks of and is answered alike, and values that are
 * written differently and mean the same. What is left over goes last.
 */
export function merge(cells: readonly Answered[]): Answered[] {
  const groups = new Map<string, Answered[]>()
  for (const [index, cell] of cells.entries()) {
    const meaning = cell.rest ? 'rest' : (cell.twin ?? `only ${index}`)
    const alike = `${meaning}: ${JSON.stringify(cell.answers)}`
    groups.set(alike, [...(groups.get(alike) ?? []), cell])
  }
  return [...groups.values()].map(together).sort((a, b) => Number(a.rest) - Number(b.rest))
}

function together(cells: readonly Answered[]): Answered {
  const [head] = cells
  if (!head) throw new Error('a group has a cell')
  if (cells.length === 1) return head
  const has = (value: unknown): boolean => cells.some((cell) => cell.has(value))
  // Twins go by the name of the first.
  const named = cells.filter(({ twin }, index) => !twin || cells.findIndex((cell) => cell.twin === twin) === index)
  // Text is the most likely surprise.
  const [first = head, ...more] = named.toSorted((a, b) => Number(b.kind === 'text') - Number(a.kind === 'text'))
  if (more.length === 0) return { ...first, has }
  const labels = [first, ...more].map(({ label }) => label)
  const label = `${labels.slice(0, -1).join(', ')} or ${labels.at(-1)}`
  return { ...first, has, label, kind: more.every(({ kind }) => kind === first.kind) ? first.kind : 'other' }
}
