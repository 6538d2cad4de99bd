import { convert, fitsOf, isBuiltinType, type TypeNames } from '../expression/fits.ts'
import { createLowering } from '../expression/lower.ts'
import type { Fits, Matches } from '../expression/lowering.ts'
import { noShape, type Shape } from '../expression/names.ts'
import { readCell } from '../expression/read.ts'
import { Refusal } from '../refusal.ts'
import { FunctionValue, isContext, isList, type Env, type Value } from '../values/value.ts'
import { admitted } from './admit.ts'
import type { ItemDefinition } from './model.ts'

/** A type of a model, as much of it as evaluation needs. */
export interface ItemType extends Fits {
  readonly shape: Shape
  /** Of a function: what it comes to. */
  readonly result?: ItemType
  /** JSON from outside as a value of the type: text read as a date … Undefined when it does not fit. */
  admit(value: Value, env: Env): Value | undefined
}

export interface ItemTypes {
  /** Undefined for a name that is no type. */
  find(name: string | undefined): ItemType | undefined
  readonly named: TypeNames
}

/** Records within records, as far as names of their parts are known. Types can hold themselves. */
const shapeDepth = 5

/** `imported`: the types of other models, as `name.type`. */
export function createTypes(
  definitions: readonly ItemDefinition[],
  imported: ReadonlyMap<string, ItemTypes>,
): ItemTypes {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]))
  const made = new Map<string, ItemType>()

  function find(name: string | undefined): ItemType | undefined {
    if (name === undefined) return undefined
    const known = made.get(name)
    if (known) return known
    const type = make(name)
    if (type) made.set(name, type)
    return type
  }

  function make(name: string): ItemType | undefined {
    if (isBuiltinType(name)) return builtin(name)
    const definition = byName.get(name)
    if (definition) return defined(definition, find, () => shapeOf(definition, byName, shapeDepth))
    const cut = name.indexOf('.')
    return cut < 0 ? undefined : imported.get(name.slice(0, cut))?.find(name.slice(cut + 1))
  }

  return { find, named: find }
}

function builtin(name: string): ItemType {
  const fits = fitsOf({ type: 'named', name }, () => undefined)
  const isAny = name === 'Any'
  return {
    ...fits,
    accept: isAny ? (value) => value : fits.accept,
    shape: noShape,
    admit: (value, env) => (isAny ? value : (admitted(name, value) ?? fits.accept(value, env))),
  }
}

function defined(definition: ItemDefinition, find: ItemTypes['find'], shape: () => Shape): ItemType {
  const allowed = allowedBy(definition)
  const collection = definition.collection === true
  const holds = ofAll(collection, (value, env) => holdsOne(definition, find, value, env))
  // What a type allows is asked of values that are handed on; `instance of` does not ask for it.
  const valid = ofAll(collection, (value, env) => allows(allowed, value, env) && isValid(definition, find, value, env))
  const accept: Fits['accept'] = (value, env) => {
    const converted = convert(value, env, holds, { isList: collection, isMoment: false })
    return converted === undefined || converted === null || valid(converted, env) ? converted : undefined
  }
  const result = definition.function && find(definition.function.result)
  return {
    holds,
    accept,
    ...(result && { result }),
    get shape() {
      return shape()
    },
    admit: (value, env) => accept(admitParts(definition, find, value, env), env),
  }
}

const ofAll = (collection: boolean, test: Fits['holds']): Fits['holds'] =>
  collection
    ? (value, env) => {
        if (!isList(value)) return false
        env.budget.take(value.length)
        return value.every((item) => item === null || test(item, env))
      }
    : test

/** Does every part of it have a value that the part's type allows? */
function isValid(definition: ItemDefinition, find: ItemTypes['find'], value: Value, env: Env): boolean {
  if (!definition.fields)
    return definition.type === undefined || find(definition.type)?.accept(value, env) !== undefined
  return definition.fields.every((field) => {
    const part = isContext(value) && Object.hasOwn(value, field.name) ? (value[field.name] ?? null) : null
    return part === null || env.budget.deeper(() => fieldType(field, find).accept(part, env)) !== undefined
  })
}

const allows = (allowed: Matches | undefined, value: Value, env: Env): boolean =>
  !allowed || allowed(value, env) === true

/** What the values may be; undefined when anything may, or when nobody can read it. */
function allowedBy({ values }: ItemDefinition): Matches | undefined {
  if (values === undefined) return undefined
  try {
    return createLowering().cell(readCell(values, new Map()).tree)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function holdsOne(definition: ItemDefinition, find: ItemTypes['find'], value: Value, env: Env): boolean {
  if (definition.function) return value instanceof FunctionValue
  if (!definition.fields) return definition.type === undefined || (find(definition.type)?.holds(value, env) ?? true)
  env.budget.take(definition.fields.length)
  return (
    isContext(value) &&
    definition.fields.every((field) => {
      if (!Object.hasOwn(value, field.name)) return false
      const part = value[field.name] ?? null
      return part === null || env.budget.deeper(() => fieldType(field, find).holds(part, env))
    })
  )
}

const fieldType = (field: ItemDefinition, find: ItemTypes['find']): ItemType => defined(field, find, () => noShape)

function admitParts(definition: ItemDefinition, find: ItemTypes['find'], value: Value, env: Env): Value {
  if (definition.collection && isList(value)) {
    env.budget.take(value.length)
    const { collection: _, ...item } = definition
    return value.map((part) => admitParts(item, find, part, env))
  }
  if (!definition.fields) return find(definition.type)?.admit(value, env) ?? value
  if (!isContext(value)) return value
  const entries = Object.entries(value)
  env.budget.take(entries.length)
  const fields = new Map(definition.fields.map((field) => [field.name, field]))
  return Object.fromEntries(
    entries.map(([key, part]) => {
      const field = fields.get(key)
      return [key, field ? env.budget.deeper(() => admitParts(field, find, part, env)) : part]
    }),
  )
}

function shapeOf(definition: ItemDefinition, all: ReadonlyMap<string, ItemDefinition>, depth: number): Shape {
  if (depth === 0) return noShape
  const base = definition.type === undefined ? undefined : all.get(definition.type)
  const one: Shape = definition.fields
    ? { fields: new Map(definition.fields.map((field) => [field.name, shapeOf(field, all, depth - 1)])) }
    : base
      ? shapeOf(base, all, depth - 1)
      : noShape
  return definition.collection ? { item: one } : one
}
