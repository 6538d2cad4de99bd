import type { JsonObject, OperationManifest } from '@copse/contracts'
import { z } from 'zod'
import { proposalShape } from '../drafts/proposal.ts'
import type { DraftTask, Tried } from '../drafts/task.ts'
import { asData, dataRule } from './data.ts'

/** Asks a model for a draft. What it may answer is closed: the actions, the field types, the operations that there are. */
export function draftQuestion({ language, title, sentences, operations, tried }: DraftTask): {
  system: string
  prompt: string
  schema: JsonObject
} {
  const numbered = sentences.map(({ text, part }, at) => `[${at + 1}]${part === 'heading' ? ' (heading)' : ''} ${text}`)
  const prompt = [
    `The language of what the customer reads: ${language}.`,
    `Operations that there are:\n${operations.length === 0 ? 'none' : operations.map(describe).join('\n')}`,
    asData('procedure', `${title}\n\n${numbered.join('\n')}`),
    ...(tried ? [again(tried)] : []),
  ].join('\n\n')
  return { system, prompt, schema: schemaFor(operations) }
}

const system = [
  'You turn a written procedure of a business into steps that a program runs in a conversation with one customer.',
  dataRule,
  'The steps in order; the first is where it begins. Each has an `id` of its own (lower case, "_"), and leads on by the',
  'id of another step, by "end", or by "handoff", which passes the case to a person. `sentences` are the numbers of the',
  'sentences that the step is made from. Leave "" or [] where a key has nothing to say.',
  '- collect_info asks for `extract_fields` and goes on once `required_fields` are known. Keys are letters, digits, "_".',
  '- tool_call calls one operation. `source` is a field that was collected, or that an operation writes. `on_failure` is',
  '  where a "no" of the business leads. `say` is said after it succeeded.',
  '- evaluate decides: the first `condition` that holds, else `else`. Conditions are written so:',
  '  order.days <= 30 and status in [shipped, delivered] · not (amount > 50) · email exists · day within 30 days',
  '- inform says something; with `options` it waits for one of them.',
  '- handoff passes the case to a person. end closes the conversation; its outcome is "resolved", or another word.',
  'Be faithful: every number, limit and name comes from the text. Never invent an operation, a field that nothing',
  'provides, or a rule. What the text leaves open, what no operation can do, and what an operation finds but does not',
  'name, is a question to the author, and leads to handoff until it is answered. Every sentence belongs to a step or to',
  'a question.',
  '`say` is what the customer reads: short, friendly, in the second person. {{field}} stands for a field that is known.',
].join('\n')

function describe({ name, description, effect, params, writes, confirm }: OperationManifest): string {
  const taken = Object.entries(params).map(
    ([param, { type, required, description: what }]) =>
      `${param} (${type}${required ? '' : ', optional'}${what === '' ? '' : `: ${what}`})`,
  )
  return [
    `- ${name}: ${description || 'no description'}.`,
    taken.length === 0 ? 'Takes nothing.' : `Takes ${taken.join(', ')}.`,
    writes.length === 0 ? '' : `Writes ${writes.map(({ field }) => field).join(', ')}.`,
    effect === 'read' ? '' : `It changes something${confirm ? ', and the customer is asked before' : ''}.`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const again = ({ proposal, findings }: Tried): string =>
  [
    'You answered this before, and a check found what stands below. Answer the whole again with that mended. What cannot',
    'be mended without guessing becomes a question.',
    asData('before', proposal),
    asData('findings', findings.join('\n')),
  ].join('\n')

function schemaFor(operations: readonly OperationManifest[]): JsonObject {
  const shape = proposalShape(operations.map(({ name }) => name))
  const { $schema: _, ...schema } = z.toJSONSchema(shape) as JsonObject
  return schema
}
