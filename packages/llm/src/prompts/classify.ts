import type { ClassifyRequest } from '../provider.ts'
import { asData, dataRule } from './data.ts'

type Choice = Pick<ClassifyRequest, 'text' | 'labels' | 'facts'> & { instruction?: string }

/** Asks a model for one of the author's labels, or `none`. */
export function classifyQuestion({ text, labels, facts, instruction }: Choice): { system: string; prompt: string } {
  const system = [
    'You choose the one label that fits. You do not talk to the customer.',
    dataRule,
    'Answer `none` when no label fits clearly or when two fit equally well.',
    ...(instruction === undefined
      ? []
      : [`What the choice is about, from the author of the procedure:\n${instruction}`]),
  ].join('\n')
  const prompt = [
    `Labels:\n${labels.map((label) => `- ${label.id}: ${label.description}`).join('\n')}\n- none: no label fits clearly`,
    asData('facts', facts),
    asData('message', text),
  ].join('\n\n')
  return { system, prompt }
}
