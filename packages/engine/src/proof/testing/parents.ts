import * as fc from 'fast-check'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec, TreeSpec } from '../../tree/spec.ts'

const keys = fc.constantFrom('a', 'b', 'c')
const condition = fc.record({ field: keys, is: fc.constantFrom<Json>(1, 2, 'x', null) })

const pure: fc.Arbitrary<NodeSpec> = fc.oneof(
  condition.map((condition): NodeSpec => ({ op: 'assert', config: { condition } })),
  condition.map((condition): NodeSpec => ({ op: 'invert', children: [{ op: 'assert', config: { condition } }] })),
)

const settings = fc.record({
  success: fc.option(fc.constantFrom('all', 'any', 1, -1), { nil: undefined }),
  failure: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
  concurrency: fc.option(fc.constantFrom(1, 2, 3), { nil: undefined }),
  join: fc.option(fc.constantFrom('decided', 'all'), { nil: undefined }),
  ms: fc.constantFrom(1, 5, 50),
  few: fc.constantFrom(1, 2, 3),
  flag: fc.boolean(),
  field: keys,
  condition,
  looks: fc.array(pure, { minLength: 1, maxLength: 2 }),
  at: fc.nat({ max: 2 }),
})
type Settings = typeof settings extends fc.Arbitrary<infer S> ? S : never

const named = (children: readonly NodeSpec[]): NodeSpec[] =>
  children.map((child, index) => ({ ...child, name: `n${index}` }))

/** Without what is not set. */
const given = (config: Record<string, Json | undefined>): Json =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined)) as Json

const node = (op: string, config: Record<string, Json | undefined>, ...children: NodeSpec[]): NodeSpec => ({
  op,
  config: given(config),
  children: named(children),
})

/** A row of children stands below one, or the first of them below the other kind. */
type Make = (children: NodeSpec[], settings: Settings, calm: NodeSpec) => NodeSpec

function parallel(children: NodeSpec[], { success, failure, concurrency, join }: Settings): NodeSpec {
  const isPossible = success !== -1 || children.length > 1
  return node(
    'parallel',
    {
      success: isPossible ? success : undefined,
      failure: failure !== undefined && failure <= children.length ? failure : undefined,
      concurrency,
      join,
    },
    ...children,
  )
}

const sides: readonly Make[] = [
  parallel,
  parallel,
  (children) => node('lastDecides', {}, ...children),
  (children) => node('lastDecides', {}, ...children),
  (children) => node('parallel', { success: 'any' }, ...children),
  (children, { concurrency, flag }) =>
    node(
      'gather',
      { items: children.map((_, item) => ({ item })), concurrency, inherit: flag ? true : undefined },
      ...children,
    ),
  ([only], { concurrency, few, flag }) =>
    node('gather', { items: 'list', as: 'a', max: few, concurrency, inherit: flag ? true : undefined }, only!),
]

/** Where never more than one is at work. */
const rows: readonly Make[] = [
  (children, { at, looks }, calm) => reactive('reactiveSequence', children[0] ?? calm, looks, at),
  (children, { at, looks }, calm) => reactive('reactiveSelector', children[0] ?? calm, looks, at),
  (children) => node('randomSelector', {}, ...children),
  (children, { field }) =>
    node(
      'switch',
      { on: field, cases: Object.fromEntries(children.map((_, at) => [String(at), `n${at}`])), default: 'n0' },
      ...children,
    ),
  ([only], { few, ms, flag }) => node('retry', { attempts: few, delayMs: flag ? ms : undefined }, only!),
  ([only], { few, ms }) => node('retry', { attempts: few, delaysMs: [0, ms], jitter: 0.5 }, only!),
  ([only], { few }) => node('repeat', { times: few }, only!),
  ([only], { few, condition }) => node('repeat', { until: condition, max: few }, only!),
  ([only], { few, condition }) => node('while', { condition, max: few }, only!),
  ([only], { ms }) => node('timeout', { ms }, only!),
  ([only, other], { ms }, calm) => node('timeout', { ms }, only!, other ?? calm),
  ([only], { ms }) => node('cooldown', { ms, during: 'last' }, only!),
  ([only], { ms, field }) => node('cooldown', { ms, per: [field], during: 'skip' }, only!),
  ([only], { field, ms }) => node('cache', { name: 'c', by: [field], expiresMs: ms }, only!),
  ([only], { field, flag }) => node('return', flag ? { path: field } : { value: { is: field } }, only!),
  ([only]) => node('forceFailure', {}, only!),
  ([only]) => node('terminable', { signal: 's0' }, only!),
  ([only, other], _, calm) => node('terminable', { signal: 's1' }, only!, other ?? calm),
  ([only], _, calm) => node('finally', {}, only!, calm),
  ([only], _, calm) => node('finally', {}, only!, calm),
  ([only], { field }, calm) => node('compensate', { keep: [field] }, only!, calm),
  ([only], _, calm) => node('compensate', {}, only!, calm),
]

/** Children that only look, and one that does more. */
function reactive(op: string, does: NodeSpec, looks: readonly NodeSpec[], at: number): NodeSpec {
  const children = [...looks]
  children.splice(at, 0, does)
  return node(op, {}, ...children)
}

/** Every parent there is; what cleans up or undoes is calm, which may not wait. */
export function parentsOf(
  calm: fc.Arbitrary<NodeSpec>,
  mayPart: boolean,
): (children: fc.Arbitrary<NodeSpec[]>) => readonly fc.MaybeWeightedArbitrary<NodeSpec>[] {
  return (children) =>
    [...rows, ...(mayPart ? sides : [])].map((make) =>
      fc.tuple(children, settings, calm).map(([row, chosen, second]) => make(row, chosen, second)),
    )
}

/** What `subtree` leaves of these trees may use. */
export const subtrees: NonNullable<TreeSpec['subtrees']> = {
  whole: {
    ports: { in: { from: 'any' }, out: { to: 'any' } },
    root: {
      op: 'sequence',
      children: [
        { op: 'busy', config: { does: [{ effect: 'e0', policy: 'read' }, { write: 'to' }], ends: 'success' } },
        { op: 'wait', config: { kind: 'input' } },
        { op: 'timeout', config: { ms: 5 }, children: [{ op: 'subtree', config: { use: 'part', inherit: true } }] },
      ],
    },
  },
  part: {
    root: {
      op: 'parallel',
      config: { success: 1 },
      children: [
        { op: 'wait', name: 'n0', config: { kind: 'job' } },
        { op: 'busy', name: 'n1', config: { does: [{ write: 'to' }], ends: 'input' } },
      ],
    },
  },
}

export const moreLeaves: readonly fc.Arbitrary<NodeSpec>[] = [
  fc.record({ from: keys, to: keys }).map(({ from, to }): NodeSpec => ({
    op: 'subtree',
    config: { use: 'whole', in: { from }, out: { to } },
  })),
  fc.constant<NodeSpec>({ op: 'subtree', config: { use: 'part', inherit: true } }),
  fc.constantFrom(1, 5, 50).map((forMs): NodeSpec => ({ op: 'wait', config: { kind: 'timer', forMs } })),
  fc.constant<NodeSpec>({ op: 'job', config: { jobType: 'print', with: ['a'] } }),
  fc
    .array(fc.constantFrom<Json>(1, 'x', null), { maxLength: 3 })
    .map((value): NodeSpec => ({ op: 'write', config: { key: 'list', value } })),
  fc.record({ key: keys, from: keys }).map((config): NodeSpec => ({ op: 'write', config })),
  keys.map((key): NodeSpec => ({ op: 'write', config: { key, last: true } })),
  keys.map((key): NodeSpec => ({ op: 'forget', config: { key } })),
  keys.map((from): NodeSpec => ({ op: 'parseJson', config: { from } })),
  // Done at once and nothing to halt or resume: rare, so that sessions stay lively.
  fc.oneof(
    keys.map((key): NodeSpec => ({ op: 'log', config: { message: `{{${key}}}`, show: [key] } })),
    fc.constant<NodeSpec>({ op: 'showBlackboard' }),
    fc.constant<NodeSpec>({ op: 'todo', config: { note: 'later' } }),
  ),
]
