const plain = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/** `employee_id` for "Employee ID"; '' where nothing of it can be written in plain letters. */
export const keyOf = (text: string): string =>
  plain(text)
    .join('_')
    .replace(/^[\d_]+/, '')
    .slice(0, 40)

/** Words that say what something is about; "look up" counts as "lookup", too. */
export function wordsOf(text: string): Set<string> {
  const words = plain(text)
  const joined = words.slice(1).map((word, index) => `${words[index] ?? ''}${word}`)
  return new Set([...words, ...joined].map((word) => word.replace(/(?<=\w{3})s$/, '')))
}
