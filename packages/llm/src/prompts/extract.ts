import type { Field, Json, JsonObject } from '@copse/contracts'
import type { ExtractTask } from '../provider.ts'
import { asData, dataRule } from './data.ts'

/** Asks a model to find the fields. The schema has the declared fields and nothing else, each of which may be null. */
export function extractQuestion(task: ExtractTask): { system: string; prompt: string; schema: JsonObject } {
  const system = [
    'You read one message of a customer and fill in the fields that it states. You do not talk to the customer.',
    dataRule,
    'Use null for every field that the message does not state. Never guess, complete or invent a value.',
    'When the customer corrects themselves, the corrected value counts. Leave out values that are denied.',
  ].join('\n')
  const prompt = [
    `Today is ${task.today}.`,
    `Fields:\n${task.fields.map(describe).join('\n')}`,
    ...(task.asked.length > 0 ? [`We had just asked for: ${task.asked.join(', ')}.`] : []),
    ...(task.opening && task.triggers.length > 0
      ? [`These phrases only say what the customer came for and are no value: ${task.triggers.join('; ')}.`]
      : []),
    asData('message', task.message),
  ].join('\n\n')
  return { system, prompt, schema: schemaOf(task.fields) }
}

const describe = (field: Field): string => {
  const examples = field.examples.length > 0 ? ` Examples: ${field.examples.join('; ')}.` : ''
  const title = field.title === undefined ? '' : ` (${field.title})`
  return `- ${field.key}${title}: ${field.description}${examples}`
}

function schemaOf(fields: readonly Field[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.key, nullable(valueSchema(field))])),
    required: fields.map((field) => field.key),
    additionalProperties: false,
  }
}

const nullable = (schema: JsonObject): Json => ({ anyOf: [schema, { type: 'null' }] })

function valueSchema(field: Field): JsonObject {
  if (field.enum) return { type: 'string', enum: field.enum }
  switch (field.type) {
    case 'integer':
      return { type: 'integer' }
    case 'number':
    case 'amount':
      return { type: 'number' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'email':
    case 'phone':
    case 'string':
    case 'text':
      return { type: 'string' }
  }
}
