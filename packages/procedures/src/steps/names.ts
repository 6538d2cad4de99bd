/** `try_again` for "Try again": an id that people can read in a payload or a trace. */
export function slug(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  return words.slice(0, 60) || 'option'
}

/** Adds a number to a name that is taken, and takes it. */
export function unique(name: string, taken: Set<string>): string {
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`
  taken.add(free)
  return free
}

/** Exits that leaves name by themselves: an author's exit may not be one of them. */
const leafExits = ['success', 'failure', 'else', 'default', 'person', 'declined', 'correct', 'missing', 'silence']

export const exitNames = (): Set<string> => new Set(leafExits)
