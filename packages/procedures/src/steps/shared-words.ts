import type { StepContext } from './step.ts'

interface Worded {
  title: string
  titles?: Record<string, string>
  keywords: readonly string[]
}

/** What stands for two options stands for none: who writes it is only asked again. */
export function checkWords(options: readonly Worded[], { header, report }: StepContext): void {
  if (header.dialect !== 'copse') return
  const heard = new Map<string, number>()
  const hear = (word: string, option: number, path: (string | number)[]): void => {
    const key = word.trim().toLowerCase()
    const first = heard.get(key) ?? option
    heard.set(key, first)
    if (first === option) return
    const message = `"${word}" stands for "${options[first]!.title}" already: who writes it is asked again.`
    report.warning('word_shared', ['options', option, ...path], message, { fix: 'Leave it to one of the two.' })
  }
  for (const [option, { title, titles = { '': title } }] of options.entries())
    for (const text of new Set(Object.values(titles))) hear(text, option, ['label'])
  for (const [option, { keywords }] of options.entries())
    for (const [index, word] of keywords.entries()) hear(word, option, ['detection_keywords', index])
}
