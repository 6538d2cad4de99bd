import { canonicalJson, readPath, type Json, type JsonObject, type OperationManifest } from '@copse/contracts'
import type { Answer, Answers } from '../answers/answers.ts'
import { isOf, leavesIn, type Leaf } from '../check/leaf.ts'
import { anyValue, namedIn, valuesOf, withValue, type Aim } from './samples.ts'

/**
 * What an operation may answer: what its author says it does, then a result for each way in which conditions tell its
 * results apart, then no, and that it cannot be reached.
 */
export function candidatesFor(operation: OperationManifest, aim: Aim, authored: Answers): Answer[] {
  const { name, effect } = operation
  const leaves = [...aim.program.stages.values()].flatMap((stage) => leavesIn(stage.id, stage.node))
  const all: Answer[] = [
    ...(authored.get(name) ?? []).map(({ answer }) => answer),
    ...results(operation, aim, leaves),
    effect === 'read' ? { found: false } : { ok: false },
    'unavailable',
    ...(effect === 'read' ? [] : (['uncertain'] as const)),
  ]
  return [...new Map(all.map((one) => [canonicalJson(one), one])).values()]
}

interface Part {
  path: string
  values: Json[]
}

function results(operation: OperationManifest, aim: Aim, leaves: readonly Leaf[]): JsonObject[] {
  const parts = partsOf(operation, aim, leaves)
  const said = namedIn(Object.values(operation.summary).flatMap(({ ok, repeated }) => [ok, repeated]))
  const plain = said
    .filter((path) => !Object.hasOwn(operation.params, path))
    .reduce<JsonObject>((data, path) => withValue(data, path, anyValue(path)), {})
  const whole = (values: readonly Json[]): JsonObject =>
    values.reduce<JsonObject>((data, value, at) => withValue(data, parts[at]!.path, value), plain)
  const datas = combinations(parts.map(({ values }) => values)).map(whole)
  const { options } = operation
  if (!options) return [...datas, ...listsFor(operation, leaves)]
  const element = (data: JsonObject, at: number): JsonObject => {
    const named = namedIn([options.title]).reduce<JsonObject>(
      (one, path) => (readPath(one, path) === undefined ? withValue(one, path, anyValue(path, at)) : one),
      data,
    )
    return at > 0 || readPath(named, options.id) === undefined
      ? withValue(named, options.id, anyValue(options.id, at))
      : named
  }
  const listed = (items: JsonObject[]): JsonObject => withValue({}, options.list, items)
  return [
    ...datas.map((data) => listed([element(data, 0)])),
    listed(datas.slice(0, 1).flatMap((one) => [element(one, 0), element(one, 1)])),
  ]
}

/** What the procedure reads of a result, with the values that make a difference to it. */
function partsOf(operation: OperationManifest, aim: Aim, leaves: readonly Leaf[]): Part[] {
  const roots = operation.writes.map(({ field, from }) => ({ field, from }))
  for (const leaf of leaves) {
    if (isOf(leaf, 'call') && leaf.config.operation === operation.name && leaf.config.resultKey !== undefined)
      roots.push({ field: leaf.config.resultKey, from: '' })
  }
  const parts = new Map<string, Part>()
  for (const { field, from } of roots) {
    const below = aim.program.domain.fields.filter(({ path }) => path === field || path.startsWith(`${field}.`))
    for (const { path } of below) {
      const at = [from, path.slice(field.length + 1)].filter(Boolean).join('.')
      // All of a result, of which only parts are read.
      if (at === '' || below.some((other) => other.path.startsWith(`${path}.`))) continue
      const values = valuesOf(aim, path, 'tool')
      const before = parts.get(at)
      parts.set(at, { path: at, values: distinct([...(before?.values ?? []), ...values]) })
    }
  }
  return [...parts.values()]
}

/** What a state offers comes as a list: two things to choose from, or none. */
function listsFor({ name }: OperationManifest, leaves: readonly Leaf[]): JsonObject[] {
  const keys = leaves.flatMap((leaf) =>
    isOf(leaf, 'call') && leaf.config.operation === name ? (leaf.config.resultKey ?? []) : [],
  )
  const from = leaves.flatMap((leaf) => (isOf(leaf, 'offer') ? (leaf.config.from ?? []) : []))
  const items = [0, 1].map((at): JsonObject => ({ id: anyValue('slot', at), title: `Choice ${at + 1}` }))
  return keys.flatMap((key) =>
    from
      .filter((path) => path === key || path.startsWith(`${key}.`))
      .flatMap((path) => {
        const at = path === key ? 'items' : path.slice(key.length + 1)
        return [withValue({ found: true }, at, items), withValue({ found: true }, at, [])]
      }),
  )
}

/** The first of all, then what differs from it in one thing. */
function combinations(all: readonly Json[][]): Json[][] {
  const first = all.map(([value]) => value ?? null)
  return [first, ...all.flatMap((values, at) => values.slice(1).map((value) => first.with(at, value)))]
}

const distinct = (values: readonly Json[]): Json[] => [
  ...new Map(values.map((one) => [canonicalJson(one), one])).values(),
]
