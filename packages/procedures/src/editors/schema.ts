import { procedureShape } from '../parse/header.ts'
import { actions } from '../steps/all.ts'
import { described, jsonSchemaOf, oneAction, type Schema } from './described.ts'
import { meanings } from './meanings.ts'

/**
 * The JSON Schema (2020-12) of a procedure in our format, for editors: it completes keys, says what they are for, and
 * marks what does not fit. What steps ask of each other (targets, fields, operations) only compiling says.
 */
export function procedureJsonSchema(): Schema {
  const procedure = described(jsonSchemaOf(procedureShape), 'procedure', meanings)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A procedure',
    type: 'object',
    additionalProperties: false,
    required: ['copse', 'procedure'],
    properties: {
      copse: { const: 1, description: meanings['copse'] },
      procedure: {
        ...procedure,
        description: meanings['procedure'],
        properties: {
          ...(procedure['properties'] as Schema),
          steps: {
            type: 'array',
            minItems: 1,
            description: meanings['steps'],
            items: oneAction(actions, ['id', 'action'], meanings),
          },
        },
      },
    },
  }
}
