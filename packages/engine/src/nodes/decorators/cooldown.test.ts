import { describe, expect, it } from 'vitest'
import { advance } from '../../run/advance.ts'
import type { Shelf } from '../../run/shelf.ts'
import { memoryShelf } from '../../testing/memory-shelf.ts'
import { ask, build, input, no, node, ok, play, specOf, turn } from '../../testing/play.ts'
import { playBoth, standing, standings, type TimedEvent } from '../../testing/standings.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'

const row = (...children: NodeSpec[]): NodeSpec => node('sequence', undefined, ...children)
const cooled = (child: NodeSpec, config: object = {}): NodeSpec => node('cooldown', { ms: 100, ...config }, child)
/** Enters it at each answer; what it failed with is noted. */
const entering = (cooldown: NodeSpec, times: number): NodeSpec =>
  node('repeat', { times }, row(ask('w'), node('noteFailure', undefined, cooldown, ok('x'))))
const at = (...times: number[]): TimedEvent[] => times.map((now) => ({ ...input(now), now }))

/** When its child ran, entered at each of these times. */
async function ranAt(times: number[], child = ok('a')): Promise<number[]> {
  const { trace, rests } = await playBoth(entering(cooled(child), times.length), { events: at(...times) })
  expect(rests.every(({ status }) => status !== 'faulted')).toBe(true)
  let turn = -1
  const ran: number[] = []
  for (const event of trace) {
    if (event.kind === 'resume') turn++
    if (event.kind === 'enter' && event.node.endsWith('/cooldown/a')) ran.push(times[turn]!)
  }
  return ran
}

describe('cooldown', () => {
  it.each<[string, NodeSpec, TimedEvent[], string[]]>([
    ['success', cooled(ok('a')), [], ['success']],
    ['failure', cooled(no('a')), [], ['failure a']],
    ['success after a wait', cooled(ask('w')), [input(1)], ['running input', 'success']],
    ['failure after a wait', cooled(row(ask('w'), no('a'))), [input(1)], ['running input', 'failure a']],
    ['cooling down', node('repeat', { times: 2 }, cooled(ok('a'))), [], ['failure cooling_down']],
    [
      'cooling down, which it skips',
      node('repeat', { times: 2 }, cooled(ok('a'), { during: 'skip' })),
      [],
      ['success'],
    ],
    [
      'cooling down, with nothing left last time',
      node('repeat', { times: 2 }, cooled(ok('a'), { during: 'last' })),
      [],
      ['success'],
    ],
    ['a failure, which does not cool', node('retry', { attempts: 2 }, cooled(no('a'))), [], ['failure a']],
  ])('does what it says for %s', async (_, root, events, expected) => {
    expect(await standings(root, { events })).toEqual(expected)
  })

  it('runs again when the time is over, not before, counted from its last success', async () => {
    expect(await ranAt([1_000, 1_099, 1_100, 1_150, 1_199, 1_200])).toEqual([1_000, 1_100, 1_200])
    expect(await ranAt([1_000, 9e15])).toEqual([1_000, 9e15])
  })

  it('holds to the moment also when the clock was put back', async () => {
    expect(await ranAt([1_000, 500, 1_099, 1_100])).toEqual([1_000, 1_100])
  })

  it('counts from the end of what took its time', async () => {
    const root = node('repeat', { times: 2 }, cooled(ask('w')))
    expect(await standings(root, { events: at(5_000) })).toEqual(['running input', 'failure cooling_down'])
  })

  it('says how long it still is', async () => {
    const { failure } = await play(node('repeat', { times: 2 }, cooled(ok('a'))))
    expect(failure).toEqual({ code: 'cooling_down', reason: 'not before another 100 ms' })
  })

  it('gives what was left last, with `last`', async () => {
    const again = row(ask('v'), cooled(ask('w'), { during: 'last' }), node('write', { key: 'x', last: true }))
    const { snapshot, status } = await playBoth(node('repeat', { times: 2 }, again), {
      events: [input(1), input('kept'), input(2)],
    })
    expect(status).toBe('success')
    expect(snapshot.scopes['']['x']?.value).toBe('kept')
  })

  it('may be as long as numbers go', async () => {
    const root = node('repeat', { times: 2 }, node('cooldown', { ms: Number.MAX_SAFE_INTEGER }, ok('a')))
    expect(await standings(root)).toEqual(['failure cooling_down'])
  })
})

describe('a cooldown across sessions', () => {
  const per = (child: NodeSpec, during = 'fail') => build(specOf(cooled(child, { per: ['who'], during })))
  const begin = async (shelf: Shelf, who: Json, now: number, tree = per(ok('a'))) =>
    standing(
      await advance(tree, { cells: { who: { value: who, by: 'system' } } }, turn({ now, shelf, sessionId: `${now}` })),
    )

  it('holds for all in which the fields are the same, and for no others', async () => {
    const shelf = memoryShelf()
    expect(await begin(shelf, 'Ada', 1_000)).toBe('success')
    expect(await begin(shelf, 'Ada', 1_099)).toBe('failure cooling_down')
    expect(await begin(shelf, 'Bob', 1_099)).toBe('success')
    expect(await begin(shelf, 'Ada', 1_100)).toBe('success')
    expect(await begin(shelf, 'Ada', 1_199, per(no('a'), 'skip'))).toBe('success')
  })

  it('tells apart what only looks alike', async () => {
    const shelf = memoryShelf()
    const all: Json[] = ['1', 1, null, [1], { a: 1 }, JSON.parse('{"__proto__":1}') as Json, {}, '']
    for (const who of all) expect(await begin(shelf, who, 1_000)).toBe('success')
    for (const who of all) expect(await begin(shelf, who, 1_001)).toBe('failure cooling_down')
  })

  it('does not cool when its child failed', async () => {
    const shelf = memoryShelf()
    expect(await begin(shelf, 'Ada', 1_000, per(no('a')))).toBe('failure a')
    expect(await begin(shelf, 'Ada', 1_001)).toBe('success')
  })

  it('goes on alike in memory and elsewhere', async () => {
    const root = row(cooled(ask('w'), { per: ['who'] }), ask('v'))
    const context = () => ({ shelf: memoryShelf() })
    expect(await standings(root, { context, events: [input(1), input(2)] })).toEqual([
      'running input',
      'running input',
      'success',
    ])
  })

  it('fails when what is kept is out of reach, and may be tried again; not when it cannot be put there', async () => {
    const shelf = memoryShelf()
    const down = async () => Promise.reject(new Error('down'))
    const { failure } = await advance(per(ok('a')), {}, turn({ shelf: { ...shelf, get: down } }))
    expect(failure).toMatchObject({ code: 'shelf_unavailable', retryable: true })
    expect(await begin({ ...shelf, put: down }, 'Ada', 1_000)).toBe('success')
  })

  it('faults where there is no shelf', async () => {
    expect(standing(await advance(per(ok('a')), {}, turn()))).toBe('faulted no_shelf')
  })
})

it.each<[Json, string]>([
  [{}, 't: config.ms'],
  [{ ms: 5, per: [] }, 't: config.per'],
  [{ ms: 5, per: ['nowhere'] }, 'there is no field "nowhere"'],
  [{ ms: 5, during: 'wait' }, 't: config.during'],
  ...[0, -1, 1.5, 2 ** 53, '3', null].map((ms): [Json, string] => [{ ms }, 't: config.ms']),
])('a cooldown of %j is refused', (config, message) => {
  expect(() => build(specOf(node('cooldown', config, ok('a')), { fields: { who: 'any' } }))).toThrow(message)
})
