import { convert, fitsOf, isBuiltinType, type TypeNames } from '../expression/fits.ts'
import { createLowering } from '../expression/lower.ts'
import type { Fits, Matches } from '../expression/lowering.ts'
import { noShape, type Shape } from '../expression/names.ts'
import { readCell, type Allowance } from '../expression/read.ts'
import { Refusal } from '../refusal.ts'
import { FunctionValue, isContext, isList, type Env, type Value } from '../values/value.ts'
import { admitted } from './admit.ts'
import type { ItemDefinition } from './model.ts'

/** A type of a model, as much of it as evaluation needs. */
export interface ItemType extends Fits {
  readonly shape: Shape
  /** Of a function: what it comes to. */
  readonly result?: ItemType | undefined
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
  allowance: Allowance,
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
    if (definition) return defined(definition, find, allowance, () => shapeOf(definition, byName, shapeDepth))
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

/** A definition whose own fields are types themselves. Types by name are looked up when they are needed: they can be in circles. */
interface Known {
  definition: ItemDefinition
  fields: { name: string; type: ItemType }[] | undefined
  base: () => ItemType | undefined
  allowed: Matches | undefined
}

function defined(
  definition: ItemDefinition,
  find: ItemTypes['find'],
  allowance: Allowance,
  shape: () => Shape,
): ItemType {
  const known: Known = {
    definition,
    fields: definition.fields?.map((field) => {
      return { name: field.name, type: defined(field, find, allowance, () => noShape) }
    }),
    base: () => find(definition.type),
    allowed: allowedBy(definition, allowance),
  }
  const collection = definition.collection === true
  const holds = ofAll(collection, (value, env) => holdsOne(known, value, env))
  // What a type allows is asked of values that are handed on; `instance of` does not ask for it.
  const valid = ofAll(collection, (value, env) => isAllowed(known, value, env) && isValid(known, value, env))
  const accept: Fits['accept'] = (value, env) => {
    const converted = convert(value, env, holds, { isList: collection, isMoment: false })
    return converted === undefined || converted === null || valid(converted, env) ? converted : undefined
  }
  return {
    holds,
    accept,
    get result() {
      return find(definition.function?.result)
    },
    get shape() {
      return shape()
    },
    admit: (value, env) => accept(admitParts(known, collection, value, env), env),
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

const isAllowed = ({ allowed }: Known, value: Value, env: Env): boolean => !allowed || allowed(value, env) === true

/** What the values may be; undefined when anything may, or when nobody can read it. */
function allowedBy({ values }: ItemDefinition, allowance: Allowance): Matches | undefined {
  if (values === undefined) return undefined
  try {
    return createLowering().cell(readCell(values, new Map(), { allowance }).tree)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function holdsOne({ definition, fields, base }: Known, value: Value, env: Env): boolean {
  if (definition.function) return value instanceof FunctionValue
  if (!fields) return base()?.holds(value, env) ?? true
  env.budget.take(fields.length)
  return (
    isContext(value) &&
    fields.every(({ name, type }) => {
      if (!Object.hasOwn(value, name)) return false
      const part = value[name] ?? null
      return part === null || env.budget.deeper(() => type.holds(part, env))
    })
  )
}

/** Does every part of it have a value that the part's type allows? */
function isValid({ fields, base }: Known, value: Value, env: Env): boolean {
  if (!fields) {
    const type = base()
    return !type || type.accept(value, env) !== undefined
  }
  return fields.every(({ name, type }) => {
    const part = isContext(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null
    return part === null || env.budget.deeper(() => type.accept(part, env)) !== undefined
  })
}

/** What does not fit is left as it is, and found by whoever accepts the whole. */
function admitParts(known: Known, collection: boolean, value: Value, env: Env): Value {
  if (collection && isList(value)) {
    env.budget.take(value.length)
    return value.map((part) => admitParts(known, false, part, env))
  }
  const { fields, base } = known
  if (!fields) return base()?.admit(value, env) ?? value
  if (!isContext(value)) return value
  const entries = Object.entries(value)
  env.budget.take(entries.length)
  const types = new Map(fields.map(({ name, type }) => [name, type]))
  return Object.fromEntries(
    entries.map(([key, part]) => {
      const type = types.get(key)
      return [key, type && part !== null ? (env.budget.deeper(() => type.admit(part, env)) ?? part) : part]
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
