import * as fc from 'fast-check'
import type { Json } from '../../tree/json.ts'

type Parent = Json[] | { [key: string]: Json }

/** One change of a JSON value; where and what with is decided by numbers, so that it fits any value. */
export interface Edit {
  how: 'cut' | 'put' | 'swap' | 'double' | 'copy' | 'rename' | 'add'
  at: number
  other: number
  value: string
}

const hostile = [
  null,
  true,
  false,
  0,
  -1,
  1,
  3,
  4,
  0.5,
  1e308,
  2 ** 31,
  2 ** 32 + 3,
  2 ** 53,
  -(2 ** 31),
  '',
  't',
  't/n0',
  '__proto__',
  'constructor',
  'running',
  'timer',
  [],
  {},
  [null],
  [[]],
  { value: 1 },
  { value: 1, by: 'x', unconfirmed: true },
  { count: 1, refusals: {} },
  { count: -5, refusals: null },
  { returns: ['nowhere'], entered: { from: 'nowhere', exit: 'x' } },
  { named: { exit: 'x' } },
  { returns: 7 },
  { named: 7, entered: 7 },
  { status: 3, visit: 1 },
  { kind: 'timer', at: 'soon' },
  { kind: 'timer', at: -1 },
  { node: 't', visit: 1, wait: { kind: 'input' } },
  'x'.repeat(10_000),
].map((value) => JSON.stringify(value))

const stains = ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"__proto__":null}']

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    how: fc.constantFrom('cut', 'put', 'put', 'put', 'swap', 'double', 'copy', 'rename', 'add'),
    at: fc.nat(),
    other: fc.nat(),
    value: fc.constantFrom(...hostile, ...stains),
  }),
  { minLength: 1, maxLength: 3 },
)

/** Edits a value that nobody else holds. */
export function edited<T>(json: T, changes: readonly Edit[]): T {
  for (const { how, at, other, value } of changes) {
    const places = placesIn(json as Json)
    if (places.length === 0) break
    const [parent, key] = places[at % places.length]!
    const [second, secondKey] = places[other % places.length]!
    const put = (into: Parent, where: string, what: Json) =>
      Object.defineProperty(into, where, { value: what, enumerable: true, configurable: true, writable: true })
    const here = read(parent, key)
    switch (how) {
      case 'cut':
        if (Array.isArray(parent)) parent.splice(Number(key), 1)
        else delete parent[key]
        break
      case 'put':
        put(parent, key, JSON.parse(value) as Json)
        break
      case 'swap': {
        const there = read(second, secondKey)
        if (holds(here, second) || holds(there, parent)) break
        put(parent, key, there)
        put(second, secondKey, here)
        break
      }
      case 'copy':
        if (!holds(here, second)) put(second, secondKey, structuredClone(here))
        break
      case 'double':
        if (Array.isArray(parent)) parent.push(structuredClone(here))
        break
      case 'rename':
        if (Array.isArray(parent)) break
        delete parent[key]
        put(parent, JSON.stringify(JSON.parse(value)).slice(0, 20), here)
        break
      case 'add':
        if (Array.isArray(here)) here.push(JSON.parse(value) as Json)
        else if (typeof here === 'object' && here !== null)
          put(here, ['__proto__', 'x', 't', 'at'][other % 4]!, JSON.parse(value) as Json)
        break
    }
  }
  return json
}

function read(parent: Parent, key: string): Json {
  return Object.getOwnPropertyDescriptor(parent, key)!.value as Json
}

function holds(value: Json, other: Parent): boolean {
  if (value === other) return true
  return typeof value === 'object' && value !== null && Object.values(value).some((inner) => holds(inner, other))
}

/** Every place in a value, the deep ones too. */
function placesIn(json: Json): [Parent, string][] {
  if (typeof json !== 'object' || json === null) return []
  return Object.keys(json).flatMap((key) => [[json, key] as [Parent, string], ...placesIn(read(json, key))])
}
