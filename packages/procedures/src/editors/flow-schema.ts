import { flowActions } from '../flows/actions/all.ts'
import { flowShape, globalShape, stateShape, standingShape, taskShape, transitionShape } from '../flows/shape.ts'
import { described, jsonSchemaOf, oneAction, type Schema } from './described.ts'
import { flowMeanings } from './flow-meanings.ts'

/** The same of a flow, as `procedureJsonSchema` is of a procedure. */
export function flowJsonSchema(): Schema {
  const flow = shapeOf(flowShape, 'flow')
  const state = shapeOf(stateShape, 'state')
  const task = shapeOf(taskShape, 'task')
  const action = { $ref: '#/$defs/action' }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A flow',
    type: 'object',
    additionalProperties: false,
    required: ['copse', 'flow'],
    properties: {
      copse: { const: 1, description: flowMeanings['copse'] },
      flow: {
        ...within(flow, {
          states: { type: 'object', minProperties: 1, additionalProperties: { $ref: '#/$defs/state' } },
          global_transitions: listOf(shapeOf(globalShape, 'transition')),
          tasks: { type: ['object', 'null'], additionalProperties: { $ref: '#/$defs/task' } },
          standing_schedules: listOf(shapeOf(standingShape, 'standing')),
        }),
        description: flowMeanings['flow'],
      },
    },
    $defs: {
      state: within(state, { on_enter: listOf(action), transitions: listOf(shapeOf(transitionShape, 'transition')) }),
      task: within(task, { actions: { type: 'array', minItems: 1, items: action } }),
      action: oneAction(flowActions, ['action'], flowMeanings),
    },
  }
}

const shapeOf = (shape: Parameters<typeof jsonSchemaOf>[0], place: string): Schema =>
  described(jsonSchemaOf(shape), place, flowMeanings)

/** A key without a value is as good as none. */
const listOf = (items: Schema): Schema => ({ type: ['array', 'null'], items })

/** With more said of some of its keys. */
function within(schema: Schema, more: Record<string, Schema>): Schema {
  const properties = schema['properties'] as Record<string, Schema>
  const said = Object.entries(more).map(([key, below]) => [
    key,
    { ...below, description: properties[key]?.['description'] },
  ])
  return { ...schema, properties: { ...properties, ...(Object.fromEntries(said) as Schema) } }
}
