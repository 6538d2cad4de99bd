import { expect, it } from 'vitest'
import { playAnew } from '../../testing/anew.ts'
import { expectHalted } from '../../testing/halting.ts'
import { ask, build, entered, input, no, node, ok, specOf, valueOf } from '../../testing/play.ts'
import { standing } from '../../testing/standings.ts'
import { Failure, Success, type Status } from '../../tree/status.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { nodes } from '../all.ts'
import { defineWrapper } from './wrapper.ts'

type Around = Parameters<typeof defineWrapper>[1]

async function played(around: Around, child: NodeSpec, wakes = 0) {
  const definitions = [...nodes, defineWrapper('around', around)]
  const treeOf = () => build(specOf(node('around', undefined, child)), definitions)
  const rest = await playAnew(treeOf, { events: Array.from({ length: wakes }, () => input('hello')) })
  return { ...rest, standings: rest.rests.map(standing) }
}

it.each<[string, NodeSpec, string[]]>([
  ['success', ok('a'), ['success']],
  ['failure', no('a'), ['failure a']],
  ['waiting', ask('a'), ['running input', 'success']],
])('without functions it is as its child: %s', async (_, child, expected) => {
  expect((await played({}, child, expected.length - 1)).standings).toEqual(expected)
})

it('what comes before may settle instead of the child, which is not entered', async () => {
  const good = await played({ before: () => Success }, no('a'))
  expect([good.standings, entered(good)]).toEqual([['success'], ['t']])
  const bad = await played({ before: (ctx) => ctx.fail('closed') }, ok('a'))
  expect([bad.standings, entered(bad)]).toEqual([['failure closed'], ['t']])
  expect((await played({ before: () => undefined }, no('a'))).standings).toEqual(['failure a'])
})

it('what comes after may settle otherwise, and hears why the child failed', async () => {
  expect((await played({ after: () => Success }, no('a'))).standings).toEqual(['success'])
  expect((await played({ after: (ctx) => ctx.fail('late') }, ok('a'))).standings).toEqual(['failure late'])
  const { snapshot } = await played(
    { after: (ctx, status) => (ctx.set('why', ctx.failure()!.code, 'system'), status) },
    no('a'),
  )
  expect(valueOf(snapshot, 'why')).toBe('a')
})

it('around a wait both are called once, in two processes, and what is remembered is there', async () => {
  const heard: string[] = []
  const { standings } = await played(
    {
      before: (ctx) => void (heard.push('before'), (ctx.memory = { at: 1 })),
      after: (ctx, status) => (heard.push(`after ${JSON.stringify(ctx.memory)}`), status),
    },
    ask('a'),
    1,
  )
  expect(standings).toEqual(['running input', 'success'])
  expect(heard).toEqual(['before', 'after {"at":1}'])
})

it.each<[string, Around]>([
  [
    'throws before',
    {
      before: () => {
        throw new Error('mine')
      },
    },
  ],
  [
    'throws after',
    {
      after: () => {
        throw new Error('mine')
      },
    },
  ],
  ['answers what is no status', { after: () => 7 as unknown as typeof Failure }],
  ['answers a promise', { after: () => Promise.resolve(Success) as unknown as Status as typeof Failure }],
])('a function that %s is a fault, no failure', async (_, around) => {
  const { fault, failure, standings } = await played(around, ok('a'))
  expect(standings).toEqual([expect.stringMatching('^faulted ')])
  expect([fault?.code, failure]).toEqual([expect.any(String), undefined])
})

it('halted from above, in every way: its child first, and nothing is called', async () => {
  const heard: string[] = []
  const own = [defineWrapper('wraps', { after: (_, status) => (heard.push('after'), status) })]
  await expectHalted((leaf) => node('wraps', undefined, { ...leaf, name: 'a' }), ['around/a', 'around'], { own })
  expect(heard).toEqual([])
})

it('refused: settings, no child, two children', () => {
  const definitions = [...nodes, defineWrapper('around', {})]
  expect(() => build(specOf(node('around', { a: 1 }, ok('a'))), definitions)).toThrow(/config/)
  expect(() => build(specOf(node('around')), definitions)).toThrow(/1 child, not 0/)
  expect(() => build(specOf(node('around', undefined, ok('a'), ok('b'))), definitions)).toThrow(/1 child, not 2/)
})
