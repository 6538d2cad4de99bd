import { expect, test } from 'vitest'
import { build, called, node, ok, play, specOf, turn, valueOf } from '../testing/play.ts'
import { advance, cancel } from './advance.ts'
import type { TraceEvent } from './events.ts'
import { Success, type Status } from '../tree/status.ts'

function holding(): { services: { held: Promise<Status>; log: string[] }; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<Status>()
  return { services: { held: promise, log: [] }, release: () => resolve(Success) }
}

const settled = () => new Promise((resolve) => void setTimeout(resolve, 5))

test('halting aborts the signal first, then runs the handlers, children before parent', async () => {
  const { services } = holding()
  const inner = node('lastDecides', undefined, node('parked', { name: 'x' }), node('held'))
  const played = await play(node('lastDecides', undefined, inner, ok('b')), {}, { services })
  expect(played.status).toBe('success')
  expect(services.log).toEqual(['halt x: sibling', 'aborted', 'halt held: sibling', 'halt lastDecides: sibling'])
  expect(played.trace.flatMap((event) => (event.kind === 'halt' ? [`${event.node} ${event.reason}`] : []))).toEqual([
    't/lastDecides/parked sibling',
    't/lastDecides/held sibling',
    't/lastDecides sibling',
  ])
})

test('the late result of a halted visit is dropped: nothing is written, settled or gone on with', async () => {
  const { services, release } = holding()
  const inner = node('sequence', undefined, node('held'), node('write', { key: 'after', value: true }))
  const played = await play(node('lastDecides', undefined, inner, ok('b')), {}, { services })
  const length = played.trace.length
  release()
  await settled()
  expect(services.log).toEqual(['aborted', 'halt held: sibling', 'came back'])
  expect(played.trace).toHaveLength(length)
  expect(valueOf(played.snapshot, 'late')).toBeUndefined()
  expect(valueOf(played.snapshot, 'after')).toBeUndefined()
})

test('a late result is dropped also when the turn still goes on', async () => {
  const { services, release } = holding()
  const inner = node('sequence', undefined, node('held'), node('write', { key: 'after', value: true }))
  const slow = async () => {
    release()
    await settled()
    return { status: 'ok', data: {} } as const
  }
  const race = node('lastDecides', undefined, inner, ok('b'))
  const played = await play(
    node('sequence', undefined, race, node('call', { name: 'slow' })),
    {},
    {
      services: { ...services, answer: slow },
    },
  )
  expect(played.status).toBe('success')
  expect(services.log).toContain('came back')
  expect(Object.keys(played.snapshot.scopes[''])).toEqual(['slow'])
})

test('a halted wait is gone, and the visit with it', async () => {
  const spec = node(
    'lastDecides',
    undefined,
    called('a', node('parked', { name: 'x' })),
    called('b', node('wait', { kind: 'job' })),
  )
  const tree = build(specOf(node('sequence', undefined, spec, called('end', node('wait', { kind: 'input' })))))
  const first = await advance(tree, {}, turn({ services: { log: [] } }))
  expect(first.waits).toHaveLength(2)
  const second = await advance(
    tree,
    { snapshot: first.snapshot, event: { kind: 'job', data: 1 } },
    turn({ services: { log: [] } }),
  )
  expect(second.waits.map(({ node }) => node)).toEqual(['t/end'])
  const late = { kind: 'event', key: 'x', data: 1 } as const
  expect(await advance(tree, { snapshot: second.snapshot, event: late }, turn())).toMatchObject({ ignored: true })
})

test('nodes that do not run are not halted', async () => {
  const trace: TraceEvent[] = []
  const tree = build(specOf(node('sequence', undefined, ok('a'), node('parked', { name: 'x' }), ok('b'))))
  const { snapshot } = await advance(tree, {}, turn())
  await cancel(tree, snapshot, turn({ services: { log: [] }, subscribe: (event) => trace.push(event) }))
  expect(trace.map(({ kind, node }) => `${kind} ${node}`)).toEqual(['halt t/parked', 'halt t'])
})

test('the turn does not rest before the effect of a halted node has come back', async () => {
  const log: string[] = []
  const answer = async (_: string, signal: AbortSignal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    await settled()
    log.push('outcome')
    return { status: 'uncertain', code: 'cut', reason: '' } as const
  }
  const race = node('lastDecides', undefined, node('call', { name: 'pay' }), ok('b'))
  const played = await play(race, {}, { services: { answer, log } })
  expect(played.status).toBe('success')
  expect(log).toEqual(['outcome'])
})
