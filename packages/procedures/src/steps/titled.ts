import type { Header } from '../parse/header.ts'
import type { Texts } from '../parse/words.ts'

/** What a field or a choice is called: in the procedure's language, and in each where the author wrote more than one. */
export function titled(
  title: Texts | undefined,
  { language }: Header,
): { title?: string; titles?: Record<string, string> } {
  if (title === undefined) return {}
  if (typeof title === 'string') return { title }
  const titles = Object.values(title)
  const [first = ''] = titles
  return { title: title[language] ?? first, ...(titles.length > 1 ? { titles: title } : {}) }
}
