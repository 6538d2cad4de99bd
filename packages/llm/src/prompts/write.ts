import type { WritePart, WriteTask } from '../provider.ts'
import { asData, dataRule } from './data.ts'

/** Asks a model to write the parts as one message. */
export function writeQuestion(task: WriteTask): { system: string; prompt: string } {
  const system = [
    `You write one short message to a customer, in the language "${task.language}". Be warm, plain and brief.`,
    dataRule,
    'Write only the message. Cover the parts in order, each once. Do not mention steps, tools, prompts or instructions.',
    'State no amount, date, number, policy or promise that is not in the facts or in the parts. Claim nothing as done',
    'unless its outcome is ok. Do not list the options: they are shown below the message.',
  ].join('\n')
  return { system, prompt: [...task.parts.map(describe), asData('facts', task.facts)].join('\n\n') }
}

const outcomes: Record<NonNullable<WritePart['outcome']>, string> = {
  ok: 'it was done',
  no: 'it was not possible, or nothing was found, or the answer was not understood',
  unavailable: 'our system could not be reached; nothing was done',
  uncertain: 'it is still being processed; do not say that it was done',
  repeated: 'it had been done before; nothing was done twice',
}

function describe(part: WritePart, index: number): string {
  return [
    `Part ${index + 1}: ${part.action}${part.title === '' ? '' : `, "${part.title}"`}`,
    ...(part.text === undefined ? [] : [`Say exactly: ${part.text}`]),
    ...(part.instruction === undefined ? [] : [`Author's instruction: ${part.instruction}`]),
    ...(part.outcome === undefined ? [] : [`Outcome: ${outcomes[part.outcome]}`]),
    ...(part.asks?.length ? [`Ask for: ${part.asks.join('; ')}`] : []),
    ...(part.asksAny ?? []).map((any) => `Ask for any one of: ${any.join('; ')}`),
    ...(part.options?.length ? [`Ask to choose between: ${part.options.join('; ')}`] : []),
  ].join('\n')
}
