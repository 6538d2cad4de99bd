import { globSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { meaningOf } from './described.ts'
import { meanings } from './meanings.ts'
import { procedureJsonSchema } from './schema.ts'

type Schema = { [key: string]: unknown }

const root = new URL('../../../../', import.meta.url)
const schema = procedureJsonSchema()
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)

/** All places in which a key can stand. */
function placesIn(value: unknown, place: string, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const one of value) placesIn(one, place, found)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return found
  for (const [word, below] of Object.entries(value as Schema)) {
    if (word !== 'properties') placesIn(below, place, found)
    else {
      for (const [key, schema] of Object.entries(below as Schema)) {
        found.push(`${place}.${key}`)
        placesIn(schema, `${place}.${key}`, found)
      }
    }
  }
  return found
}

const procedure = (...steps: object[]) => ({ copse: 1, procedure: { id: 'p', steps } })
const hello = { id: 'hello', action: 'inform', say: 'Hello.', next_step: 'end' }

describe('what editors know of a procedure', () => {
  it.each(globSync('procedures/*.procedure.yaml', { cwd: root }))('takes %s as it is', (file) => {
    expect(validate(parse(readFileSync(new URL(file, root), 'utf8'))) || validate.errors).toBe(true)
  })

  it('says of the fields of a confirmation that they are read back', () => {
    expect(JSON.stringify(schema)).toContain('"description":"What is read back;')
  })

  it('says of every key what it is for', () => {
    const places = [...new Set(placesIn(schema, 'file'))]
    expect(places.length).toBeGreaterThan(50)
    expect(places.filter((place) => meaningOf(place, meanings) === undefined)).toEqual([])
  })

  it.each([
    ['a key of another action', procedure({ ...hello, tools: [] })],
    ['a key nobody knows', procedure({ ...hello, saye: 'Hi.' })],
    ['an action that is none', procedure({ ...hello, action: 'informs' })],
    ['a step without an id', procedure({ action: 'inform', say: 'Hello.' })],
    ['text where a list belongs', procedure({ ...hello, options: 'yes' })],
    ['no steps', { copse: 1, procedure: { id: 'p', steps: [] } }],
    ['another version', { ...procedure(hello), copse: 2 }],
  ])('marks %s', (_, file) => {
    expect(validate(procedure(hello))).toBe(true)
    expect(validate(file)).toBe(false)
  })
})
