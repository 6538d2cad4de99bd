import { describe, expect, it } from 'vitest'
import { advance } from '../run/advance.ts'
import { ask, build, called, input, node, ok, play, specOf, turn, valueOf } from '../testing/play.ts'
import { migrate, planMigration } from './migrate.ts'
import { definitions, holding, machine, planned, repeating, row, stays, version } from './testing/versions.ts'

describe('by the renames', () => {
  it('a session goes on in stages that are called otherwise', async () => {
    const [from, to] = [version(machine('greet', 'pay')), version(machine('welcome', 'charge'), '2')]
    const { snapshot } = await play(from)
    const renames = { 't/greet': 't/welcome', 't/pay': 't/charge' }
    expect(planMigration(from, to, snapshot, renames)).toEqual({
      verdict: 'map',
      reasons: ['t/pay goes on as t/charge', 't/pay/ask goes on as t/charge/ask'],
    })
    const end = await advance(to, { snapshot: migrate(from, to, snapshot, renames), event: input('yes') }, turn())
    expect(end.status).toBe('success')
    expect(valueOf(end.snapshot, 'came')).toEqual({ from: 'welcome', exit: 'success' })
  })

  it('it stays without them, and with half of them', async () => {
    const after = machine('welcome', 'charge')
    expect((await planned(machine('greet', 'pay'), after)).verdict).toBe('stay')
    expect((await planned(machine('greet', 'pay'), after, { 't/pay': 't/charge' })).verdict).toBe('stay')
  })

  it('that are nearer to a node go before those around it', async () => {
    const [before, after] = [row(called('a', row(ask('b')))), row(called('x', row(ask('y'))))]
    expect(await planned(before, after, { 't/a': 't/x', 't/a/b': 't/x/y' })).toMatchObject({ verdict: 'map' })
  })

  it('that name what is not there are refused, and so are two that come to the same', async () => {
    expect(await planned(row(ask('a')), row(ask('a')), { 't/b': 't/a', 't/a': 't/c' })).toMatchObject({
      verdict: 'stay',
      reasons: [
        'the renames name t/b, which version 1 does not have',
        'the renames name t/c, which version 2 does not have',
        expect.stringContaining('t/a is in use'),
      ],
    })
    const two = node('parallel', undefined, ask('a'), ask('b'))
    const { reasons } = await planned(two, node('parallel', undefined, ask('a'), ok('c')), { 't/b': 't/a' })
    expect(reasons).toContain('t/a and t/b would both be t/a')
  })

  it('a whole tree can have another id', async () => {
    const before = version(row(ask('a')))
    const after = build({ ...specOf(row(ask('a'))), id: 'other' }, definitions)
    expect((await planned(before, after)).verdict).toBe('stay')
    expect((await planned(before, after, { t: 'other' })).verdict).toBe('map')
  })

  it('a node that repeats effects goes on while it gave away no key that depends on a name', async () => {
    const fresh = [repeating('a'), repeating('b')] as const
    expect((await planned(fresh[0], fresh[1], { 't/steps/a': 't/steps/b' })).verdict).toBe('map')
    const called1 = called('x', node('call', { name: 'x' }))
    const tried = [repeating('a', called1), repeating('b', called1)] as const
    expect(await planned(tried[0], tried[1], { 't/steps/a': 't/steps/b' })).toEqual(
      stays('t repeats effects that it knows by the names of its nodes, and those are other names now'),
    )
    expect((await planned(tried[0], tried[0])).verdict).toBe('safe')
  })

  it('what is kept, seen in an overlay and to be undone moves along', async () => {
    const [from, to] = [version(holding('a')), version(holding('b'), '2')]
    const { snapshot } = await play(from, { events: [input(1)] })
    expect(Object.keys(snapshot.kept!)).toEqual(['t/a/do'])
    expect(planMigration(from, to, snapshot, { 't/a': 't/b', 't/both/a1': 't/both/b1' }).verdict).toBe('stay')
    const same = build({ ...specOf(holding('a')), id: 'u' }, definitions)
    const carried = migrate(from, same, snapshot, { t: 'u' })
    expect(Object.keys(carried.kept!)).toEqual(['u/a/do'])
    expect(Object.keys(carried.scopes)).toEqual(['', 'u/both/a1'])
    expect(carried.undo.map(({ node: id }) => id)).toEqual(['u/a/undo'])
    const end = await advance(same, { snapshot: carried, event: input(2) }, turn())
    expect([end.status, valueOf(end.snapshot, 'k')]).toEqual(['success', 1])
  })
})
