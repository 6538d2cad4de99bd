import { z } from 'zod'

export type Schema = { [key: string]: unknown }
export type Meanings = Readonly<Record<string, string>>

/** What a shape takes, not what it makes of it. */
export function jsonSchemaOf(shape: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema
  return schema
}

/** With the meaning of every key, here and below. */
export function described(schema: Schema, place: string, meanings: Meanings): Schema {
  const inside = Object.entries(schema).map(([word, value]) => {
    if (word === 'properties') {
      const keys = Object.entries(value as Record<string, Schema>).map(([key, below]) => {
        const at = `${place}.${key}`
        const description = meaningOf(at, meanings)
        return [key, { ...described(below, at, meanings), ...(description === undefined ? {} : { description }) }]
      })
      return [word, Object.fromEntries(keys) as Schema] as const
    }
    if (Array.isArray(value))
      return [word, value.map((one: unknown) => (isSchema(one) ? described(one, place, meanings) : one))] as const
    return [word, isSchema(value) ? described(value, place, meanings) : value] as const
  })
  return Object.fromEntries(inside)
}

/** One of several actions: what its other keys may be depends on which. `needs` are keys that all of them have. */
export function oneAction(
  actions: readonly { action: string; shape: z.ZodType }[],
  needs: readonly string[],
  meanings: Meanings,
): Schema {
  const shapes = actions.map(({ action, shape }) => {
    const schema = described(jsonSchemaOf(shape), action, meanings)
    const properties = schema['properties'] as Schema
    return {
      ...schema,
      title: action,
      properties: { ...properties, action: { const: action, description: meanings['action'] } },
    }
  })
  return {
    type: 'object',
    required: [...needs],
    properties: { action: { enum: actions.map(({ action }) => action), description: meanings['action'] } },
    allOf: shapes.map((shape, index) => ({
      if: { properties: { action: { const: actions[index]!.action } }, required: ['action'] },
      // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema
      then: shape,
    })),
  }
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of the longest end of the place that has one. */
export function meaningOf(place: string, meanings: Meanings): string | undefined {
  const parts = place.split('.')
  for (let from = 0; from < parts.length; from++) {
    const found = meanings[parts.slice(from).join('.')]
    if (found !== undefined) return found
  }
  return undefined
}
