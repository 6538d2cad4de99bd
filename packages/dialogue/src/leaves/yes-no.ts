import type { Option } from '@copse/contracts'
import { namedOption, type Reply } from '../understand/options.ts'
import { yesOrNo } from '../understand/words.ts'

const titles: Record<string, [yes: string, no: string]> = { en: ['Yes', 'No'], es: ['Sí', 'No'] }

/** The two buttons under a question that wants a yes. */
export function yesNoOptions(language: string): Option[] {
  const [yes, no] = titles[language.split('-')[0] ?? ''] ?? ['Yes', 'No']
  return [
    { id: 'yes', title: yes },
    { id: 'no', title: no },
  ]
}

/** A button, its number or its title, else words. "Yes" inside a sentence is not the button. `told`: the question. */
export function answerIn(reply: Reply, language: string, told?: { text: string }): 'yes' | 'no' | undefined {
  const named = namedOption(yesNoOptions(language), reply)
  if (named) return named.choice === 'yes' ? 'yes' : 'no'
  return yesOrNo(reply.text, told?.text)
}
