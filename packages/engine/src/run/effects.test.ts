import { expect, test } from 'vitest'
import { ask, build, called, input, node, ok, play, specOf, turn, valueOf } from '../testing/play.ts'
import { advance } from './advance.ts'
import type { TraceEvent } from './events.ts'
import type { EffectRequest, Journal } from './journal.ts'
import { memoryJournal } from '../testing.ts'

const ten = Array.from({ length: 10 }, (_, index) => called(`n${index}`, node('call', { name: `step${index}` })))

test('an effect goes through the journal and its outcome is in the trace', async () => {
  const journal = memoryJournal()
  const played = await play(node('call', { name: 'pay' }), {}, { journal })
  expect(played.status).toBe('success')
  expect(journal.entries).toMatchObject([{ name: 'pay', outcome: { status: 'ok', data: { name: 'pay' } } }])
  expect(played.trace).toContainEqual(
    expect.objectContaining({ kind: 'effect', name: 'pay', key: journal.entries[0]!.key, policy: 'read' }),
  )
})

const keysOf = async (sessionId: string) => {
  const journal = memoryJournal()
  const loop = node(
    'stages',
    { initial: 'a', exits: { a: { success: 'b' }, b: { success: 'a' } }, maxEntries: 2 },
    called('a', node('call', { name: 'x' })),
    called('b', node('call', { name: 'x' })),
  )
  await play(loop, {}, { journal, sessionId })
  return journal.performed
}

test('keys differ between sessions, nodes and visits, and are the same in every run of one', async () => {
  const first = await keysOf('s1')
  expect(first).toHaveLength(4)
  expect(new Set([...first, ...(await keysOf('s2'))]).size).toBe(8)
  expect(await keysOf('s1')).toEqual(first)
})

test('a turn that is run twice from one snapshot asks for the same keys', async () => {
  const tree = build(specOf(node('sequence', undefined, ask('a'), ...ten)))
  const { snapshot } = await advance(tree, {}, turn())
  const saved = JSON.stringify(snapshot)
  const keys = async () => {
    const journal = memoryJournal()
    await advance(tree, { snapshot: JSON.parse(saved) as typeof snapshot, event: input('x') }, turn({ journal }))
    return journal.performed
  }
  expect(await keys()).toEqual(await keys())
})

test('killed at any effect and run again, a turn performs each effect once and ends the same', async () => {
  const tree = build(specOf(node('sequence', undefined, ...ten)))
  const whole = await play(tree)
  for (let crash = 0; crash < ten.length; crash++) {
    const before = memoryJournal()
    let left = crash
    const failing: Journal = {
      effect: (request, perform) => {
        if (left-- > 0) return before.effect(request, perform)
        return Promise.reject(new Error('killed'))
      },
    }
    await expect(play(tree, {}, { journal: failing })).rejects.toThrow('killed')
    const after = memoryJournal(before.entries)
    const again = await play(tree, {}, { journal: after })
    expect(again.snapshot).toEqual(whole.snapshot)
    expect(again.trace).toEqual(whole.trace)
    expect(new Set([...before.performed, ...after.performed]).size).toBe(ten.length)
    expect(before.performed.length + after.performed.length).toBe(ten.length)
  }
})

const askThrough = async (journal: Journal) =>
  play(node('selector', undefined, node('call', { name: 'x' }), ok('b')), {}, { journal })

test('an error of the journal itself is thrown as it is and the session is not faulted', async () => {
  const error = new Error('the store is locked')
  await expect(askThrough({ effect: () => Promise.reject(error) })).rejects.toBe(error)
  await expect(
    askThrough({
      effect() {
        throw error
      },
    }),
  ).rejects.toBe(error)
})

test('other arguments than recorded fault the session with journal_mismatch', async () => {
  const journal = memoryJournal()
  await play(node('call', { name: 'x' }), { cells: { seen: 1 } }, { journal })
  const again = memoryJournal(journal.entries)
  const played = await play(node('call', { name: 'x' }), { cells: { seen: 2 } }, { journal: again })
  expect(played).toMatchObject({ status: 'faulted', fault: { code: 'journal_mismatch', node: 't' } })
  expect(again.performed).toEqual([])
})

test('any error with the code journal_mismatch faults the session, whoever made it', async () => {
  const journal: Journal = {
    effect: () => Promise.reject(Object.assign(new Error('other arguments'), { code: 'journal_mismatch' })),
  }
  expect((await play(node('call', { name: 'x' }), {}, { journal })).fault?.code).toBe('journal_mismatch')
})

const buggy = () => Promise.reject(new Error('a bug in the connector'))

test('what the node does inside its effect and gets wrong is the fault of the node', async () => {
  const played = await play(node('call', { name: 'x' }), {}, { services: { answer: buggy } })
  expect(played.fault).toMatchObject({ code: 'node_threw', reason: 'a bug in the connector', node: 't' })
})

test('the journal gets everything it needs to decide', async () => {
  const seen: EffectRequest[] = []
  const journal: Journal = {
    effect(request, perform) {
      seen.push(request)
      return perform(request.key, new AbortController().signal)
    },
  }
  await play(
    node('sequence', undefined, ok('a'), called('b', node('call', { name: 'x' }))),
    { cells: { seen: 5 } },
    { journal },
  )
  expect(seen).toMatchObject([{ node: 't/b', visit: 3, name: 'x', args: { seen: 5 }, policy: 'read' }])
})

const refused = async () => ({ status: 'no', code: 'refused', reason: 'too late' }) as const

test('an outcome that is no success is a value', async () => {
  const played = await play(node('call', { name: 'x' }), {}, { services: { answer: refused } })
  expect(played).toMatchObject({ status: 'failure', failure: { code: 'refused', reason: 'too late' } })
})

test('the same journal and seed give the identical trace, 50 times; another seed gives another', async () => {
  const spec = node('sequence', undefined, node('draw'), ask('a'), ...ten, called('more', node('draw')))
  const journal = memoryJournal()
  const run = async (seed: string, recorded = journal.entries): Promise<TraceEvent[]> =>
    (await play(spec, { events: [input('x')] }, { seed, journal: memoryJournal(recorded) })).trace
  const whole = await play(spec, { events: [input('x')] }, { journal })
  for (let count = 0; count < 50; count++) expect(await run('seed')).toEqual(whole.trace)
  expect(await run('other', [])).not.toEqual(whole.trace)
})

test('chance and ids are drawn anew in every turn and never repeat within a session', async () => {
  const spec = node('sequence', undefined, node('draw'), ask('a'), called('more', node('draw')))
  const drawn = (await play(spec, { events: [input('x')] })).trace.flatMap((event) =>
    event.kind === 'write' && event.key === 'drawn' ? [event.value as [number, number, string, string, number]] : [],
  )
  const chances = drawn.flatMap(([one, two]) => [one, two])
  expect(chances.every((chance) => chance >= 0 && chance < 1)).toBe(true)
  expect(new Set(chances).size).toBe(4)
  expect(new Set(drawn.flatMap(([, , one, two]) => [one, two])).size).toBe(4)
  expect(drawn.map((values) => values[4])).toEqual([1_000, 1_000])
})

test('unset and unconfirm are told only when they change something', async () => {
  const played = await play(
    node('sequence', undefined, node('forget', { key: 'a' }), called('again', node('forget', { key: 'a' }))),
    {
      cells: { a: 1 },
    },
  )
  expect(valueOf(played.snapshot, 'a')).toBeUndefined()
  expect(played.trace.filter(({ kind }) => kind === 'unset' || kind === 'unconfirm')).toMatchObject([
    { kind: 'unconfirm', keys: ['a'] },
    { kind: 'unset', key: 'a' },
  ])
})
