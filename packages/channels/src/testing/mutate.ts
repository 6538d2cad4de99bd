import type { Json, JsonObject } from '@copse/contracts'
import * as fc from 'fast-check'

type Path = (string | number)[]

/** Values that break code which trusts an envelope. */
const hostile: Json[] = [
  null,
  true,
  -1,
  1e308,
  '',
  ' ',
  '\0',
  '\ud800',
  'x'.repeat(10_000),
  [],
  {},
  [[[[]]]],
  { valueOf: 1, toString: 1 },
  { length: 3 },
  '9999999999999',
  'constructor',
]

const anything = fc.oneof(fc.constantFrom(...hostile), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>)
const mutation = fc.record({
  place: fc.nat(),
  change: fc.oneof(
    fc.record({ kind: fc.constant('set' as const), value: anything }),
    fc.record({ kind: fc.constantFrom('remove' as const, 'wrap' as const, 'twice' as const) }),
  ),
})

/** An envelope with a few of its parts replaced, removed, wrapped or repeated. */
export const mutated = (envelopes: readonly JsonObject[]): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.constantFrom(...envelopes), fc.array(mutation, { maxLength: 5 }))
    .map(([envelope, mutations]) => mutations.reduce(mutate, structuredClone(envelope) as Json))

function mutate(envelope: Json, { place, change }: { place: number; change: { kind: string; value?: Json } }): Json {
  const paths = [...pathsIn(envelope)]
  const path = paths[place % paths.length] ?? []
  const last = path.at(-1)
  if (last === undefined) return change.kind === 'set' ? structuredClone(change.value ?? null) : envelope
  const parent = path.slice(0, -1).reduce<Json>((value, key) => (value as Record<string, Json>)[key] ?? null, envelope)
  const holder = parent as Record<string, Json>
  const value = holder[last] ?? null
  if (change.kind === 'remove') delete holder[last]
  else if (change.kind === 'wrap') holder[last] = [value]
  else if (change.kind === 'twice' && Array.isArray(parent)) parent.push(structuredClone(value))
  else if (change.kind === 'set') holder[last] = structuredClone(change.value ?? null)
  return envelope
}

function* pathsIn(value: Json, at: Path = []): Generator<Path> {
  yield at
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) yield* pathsIn(member, [...at, key])
}
