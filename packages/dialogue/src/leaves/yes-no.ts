import type { Option } from '@copse/contracts'

const titles: Record<string, [yes: string, no: string]> = { en: ['Yes', 'No'], es: ['Sí', 'No'] }

/** The two buttons under a question that wants a yes. */
export function yesNoOptions(language: string): Option[] {
  const [yes, no] = titles[language.split('-')[0] ?? ''] ?? ['Yes', 'No']
  return [
    { id: 'yes', title: yes },
    { id: 'no', title: no },
  ]
}
