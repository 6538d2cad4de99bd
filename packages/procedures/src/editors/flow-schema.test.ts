import { globSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { flowJsonSchema } from './flow-schema.ts'

const root = new URL('../../../../', import.meta.url)
const schema = flowJsonSchema()
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)

/** Keys, each with where it can stand, of which nothing is said. */
function mute(value: unknown, place: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => mute(one, place))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([word, below]): string[] => {
    if (word === 'if') return []
    if (word !== 'properties') return mute(below, place)
    return Object.entries(below as Record<string, { description?: string }>).flatMap(([key, one]) => [
      ...(one.description === undefined ? [`${place}.${key}`] : []),
      ...mute(one, `${place}.${key}`),
    ])
  })
}

const flow = (state: object, more: object = {}) => ({
  copse: 1,
  flow: { id: 'f', initial_state: 'MENU', states: { MENU: state }, ...more },
})
const say = { action: 'send_text', text: 'Hello.' }

describe('what editors know of a flow', () => {
  it.each(globSync('{procedures/*.flow,packages/studio/corpus/f*}.yaml', { cwd: root }))(
    'takes %s as it is',
    (file) => {
      expect(validate(parse(readFileSync(new URL(file, root), 'utf8'))) || validate.errors).toBe(true)
    },
  )

  it('says of every key what it is for', () => {
    expect(mute(schema, 'file')).toEqual([])
  })

  it.each([
    ['a key of another action', flow({ on_enter: [{ ...say, buttons: [] }] })],
    ['a key nobody knows', flow({ on_enter: [{ ...say, txt: 'Hi.' }] })],
    ['an action that is none', flow({ on_enter: [{ action: 'send_txt', text: 'Hi.' }] })],
    ['a state that is text', { copse: 1, flow: { id: 'f', initial_state: 'MENU', states: { MENU: 'Hello.' } } }],
    ['no states', { copse: 1, flow: { id: 'f', initial_state: 'MENU', states: {} } }],
    ['a transition without a target', flow({ transitions: [{ on_payload: 'x' }] })],
    ['a task that does nothing', flow({}, { tasks: { later: { actions: [] } } })],
    ['another version', { ...flow({ on_enter: [say] }), copse: 2 }],
  ])('marks %s', (_, file) => {
    expect(validate(flow({ on_enter: [say], transitions: [{ on_payload: 'x', target: 'MENU' }] }))).toBe(true)
    expect(validate(file)).toBe(false)
  })
})
