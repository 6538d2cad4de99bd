import { describe, expect, it } from 'vitest'
import { advance, open } from '../run/advance.ts'
import type { TraceEvent } from '../run/events.ts'
import type { EffectOutcome, Journal } from '../run/journal.ts'
import type { Run } from '../run/run.ts'
import type { TurnContext } from '../run/turn.ts'
import { ask, build, called, input, node, ok, play, specOf, turn } from '../testing/play.ts'
import { Success, type Status } from '../tree/status.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { treeWith } from './testing/doing.ts'
import { breath } from './testing/virtual-time.ts'
import { silence } from './testing/silence.ts'

const quiet = silence()

const opened = (root: NodeSpec, more: Partial<TurnContext> = {}) =>
  open(build(specOf(root)), turn({ services: { log: [] }, ...more })) as Run

describe('a session in memory', () => {
  it('refuses another turn while one is at work, and is none the worse for it', async () => {
    const { promise, resolve } = Promise.withResolvers<Status>()
    const run = opened(node('sequence', undefined, node('held'), ask('a')), { services: { held: promise, log: [] } })
    const turn = run.start()
    expect(() => run.send(input('early'))).toThrow('still at work')
    expect(() => run.cancel()).toThrow('still at work')
    expect(() => run.start()).toThrow('begun already')
    resolve(Success)
    expect(await turn).toBe('running')
    expect(run.send(input('now'))).toBe('success')
  })

  it('refuses to be saved while it is at work', async () => {
    const { promise, resolve } = Promise.withResolvers<Status>()
    const run = opened(node('sequence', undefined, node('held'), ask('a')), { services: { held: promise, log: [] } })
    const turn = run.start()
    expect(() => run.snapshot()).toThrow('still at work')
    expect(() => run.rest()).toThrow('still at work')
    resolve(Success)
    await turn
    expect(run.snapshot().waits).toHaveLength(1)
  })

  it('cannot be begun twice', () => {
    const run = opened(ask('a'))
    void run.start()
    expect(() => run.start()).toThrow('begun')
    expect(run.rest().waits).toHaveLength(1)
  })

  it('takes no event before it was begun, and none after its turn was given up', async () => {
    const run = opened(ask('a'))
    expect(() => run.send(input('early'))).toThrow()
    const failing = opened(node('sequence', undefined, ok('x'), ask('a')), {
      subscribe: () => {
        throw new Error('the subscriber')
      },
    })
    expect(() => failing.start()).toThrow('the subscriber')
    expect(() => failing.send(input('late'))).toThrow('given up')
    expect(() => failing.snapshot()).toThrow('given up')
  })

  it('of a turn that was never begun cannot be saved', () => {
    expect(() => opened(ask('a')).snapshot()).toThrow()
  })

  it('is not moved by sending it an event from within a turn', async () => {
    const seen: string[] = []
    const run: { it?: Run } = {}
    const tree = treeWith((ctx) => {
      try {
        void run.it!.send(input('from inside'), turn())
      } catch (error) {
        seen.push((error as Error).message)
      }
      return ctx.event() === undefined ? ctx.wait({ kind: 'input' }) : Success
    })
    run.it = open(tree, turn()) as Run
    void run.it.start()
    expect(seen).toEqual([expect.stringContaining('still at work')])
    expect(run.it.rest().waits).toHaveLength(1)
  })
})

describe('a storm of 10,000 events', () => {
  it('for nobody changes nothing but what it must', () => {
    const run = opened(ask('a'))
    void run.start()
    const before = JSON.stringify(run.snapshot())
    for (let count = 0; count < 10_000; count++) void run.send({ kind: 'job', key: `j${count}`, data: count })
    expect(run.ignored).toBe(true)
    expect(JSON.stringify(run.snapshot())).toBe(before)
  })

  it('is answered one by one, with a snapshot that does not grow', () => {
    const loop = node('stages', { initial: 'a', exits: { a: { success: 'a' } } }, ask('a'))
    const run = opened(loop)
    void run.start()
    void run.send(input(0))
    const early = JSON.stringify(run.snapshot()).length
    for (let count = 1; count < 10_000; count++) expect(run.send(input(0))).toBe('running')
    expect(JSON.stringify(run.snapshot()).length).toBeLessThan(early + 30)
  })

  it('of signals is remembered by name, once each', () => {
    const run = opened(ask('a'))
    void run.start()
    for (let count = 0; count < 10_000; count++) void run.send({ kind: 'signal', key: 'stop', data: count })
    expect(run.snapshot().signals).toEqual(['stop'])
  })
})

const throwAt = (kind: string) => (event: TraceEvent) => {
  if (event.kind === kind) throw new Error(`at ${kind}`)
}

describe('a subscriber that throws', () => {
  it('at any event gives the turn up with its own error; run again, it is as if nothing had been', async () => {
    const tree = build(
      specOf(
        node(
          'parallel',
          undefined,
          called('a', node('sequence', undefined, node('call', { name: 'x' }), node('write', { key: 'k', value: 1 }))),
          called('b', node('selector', undefined, node('fail', { code: 'no' }), ask('q'))),
          called('c', node('call', { name: 'y' })),
        ),
      ),
    )
    const whole: TraceEvent[] = []
    const rest = await advance(tree, {}, turn({ subscribe: (event) => whole.push(event) }))
    const error = new Error('the subscriber')
    for (let fatal = 0; fatal < whole.length; fatal++) {
      let left = fatal
      const subscribe = () => {
        if (left-- === 0) throw error
      }
      await expect(advance(tree, {}, turn({ subscribe }))).rejects.toBe(error)
    }
    expect(await advance(tree, {}, turn())).toEqual(rest)
    await quiet.expectSilence()
  })

  it('when it is told of a halt, a fault or a signal gives the turn up, too', async () => {
    await expect(play(node('boom', {}), {}, { subscribe: throwAt('fault') })).rejects.toThrow('at fault')
    const run = opened(node('sequence', undefined, ask('a')), { subscribe: throwAt('halt') })
    void run.start()
    expect(() => run.cancel()).toThrow('at halt')
    const heard = opened(ask('a'), { subscribe: throwAt('signal') })
    void heard.start()
    expect(() => heard.send({ kind: 'signal', key: 'stop', data: null })).toThrow('at signal')
  })
})

describe('a journal that rejects', () => {
  it('gives the turn up with its own error while others are at work, whose results are dropped', async () => {
    const error = new Error('the store is locked')
    const { promise, resolve } = Promise.withResolvers<Status>()
    const log: string[] = []
    const journal: Journal = { effect: () => Promise.reject(error) }
    const root = node('parallel', undefined, node('held'), node('call', { name: 'x' }))
    await expect(play(root, {}, { journal, services: { held: promise, log } })).rejects.toBe(error)
    resolve(Success)
    await breath()
    expect(log).toEqual(['aborted', 'came back'])
    await quiet.expectSilence()
  })

  it('or throws at once, or gives what is no outcome, does not bring the engine down', async () => {
    const bad = [undefined, null, 7, 'ok', {}, { status: 'maybe' }, { status: 'ok' }]
    for (const outcome of bad) {
      const journal = { effect: () => Promise.resolve(outcome) } as unknown as Journal
      const played = await play(node('call', { name: 'x' }), {}, { journal }).catch((error: unknown) => error)
      expect(played).toBeDefined()
    }
    await quiet.expectSilence()
  })
})

describe('signals', () => {
  it('raised before the start are remembered, and the session begins as ever', () => {
    const run = opened(ask('a'))
    expect(run.start()).toBe('running')
    void run.send({ kind: 'signal', key: 'stop', data: null })
    expect(run.snapshot().signals).toEqual(['stop'])
  })

  it('without a name, or of names from Object, are names like any other', () => {
    const run = opened(ask('a'))
    void run.start()
    for (const key of ['__proto__', 'constructor', '']) void run.send({ kind: 'signal', key, data: null })
    void run.send({ kind: 'signal', data: null })
    expect(run.snapshot().signals).toEqual(['__proto__', 'constructor', ''])
    expect(({} as Record<string, unknown>)['stop']).toBeUndefined()
  })
})

describe('budgets', () => {
  const spin = node(
    'stages',
    { initial: 'a', exits: { a: { success: 'b' }, b: { success: 'a' } }, maxEntries: 1_000_000 },
    ok('a'),
    ok('b'),
  )

  it('of steps end a turn at once, of any tree', () => {
    expect(opened(spin, { limits: { steps: 50 } }).start()).toBe('faulted')
  })

  it('of transitions do', () => {
    const run = opened(spin, { limits: { transitions: 7 } })
    expect(run.start()).toBe('faulted')
    expect(run.fault).toMatchObject({ code: 'budget_exceeded', node: 't' })
  })

  it('of time do, by the clock that is given', () => {
    let ms = 0
    const run = opened(spin, { limits: { ms: 100 }, clock: () => (ms += 10) })
    expect(run.start()).toBe('faulted')
    expect(run.fault).toMatchObject({ code: 'budget_exceeded', reason: expect.stringContaining('100 ms') as string })
  })

  it('of time do, also where it passes in a few calls that take long', async () => {
    let ms = 0
    const root = node('sequence', undefined, called('slow', node('call', { name: 'a' })), ok('after'))
    const answer = (): Promise<EffectOutcome> => {
      ms += 101
      return Promise.resolve({ status: 'ok', data: {} })
    }
    const run = opened(root, { limits: { ms: 100 }, clock: () => ms, services: { answer } })
    expect(await run.start()).toBe('faulted')
    expect(run.fault).toMatchObject({ code: 'budget_exceeded', node: 't/after' })
  })

  it('of the default end a turn that would never end', () => {
    expect(opened(spin).start()).toBe('faulted')
  })

  it('are anew for every turn', () => {
    const run = opened(node('sequence', undefined, ok('x'), ok('y'), ask('a'), called('z', ok('z')), ok('w')), {
      limits: { steps: 4 },
    })
    expect(run.start()).toBe('running')
    expect(run.send(input(1))).toBe('success')
  })

  it('that are zero, or no numbers, let nothing through or are refused, but never hang', () => {
    for (const steps of [0, -1]) expect(opened(spin, { limits: { steps } }).start()).toBe('faulted')
    expect(opened(spin, { limits: { steps: Number.NaN } }).start()).toBe('faulted')
  })
})
