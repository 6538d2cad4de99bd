import { expect, test } from 'vitest'
import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import { build, called, node, specOf, turn } from '../testing/play.ts'
import { memoryJournal } from '../testing.ts'
import { defineNode } from '../tree/registry.ts'
import { Success } from '../tree/status.ts'
import { advance } from './advance.ts'

interface Times {
  [name: string]: number
}

/** Draws an id only when something came back, and sends it on. */
const drawsLate = defineNode<{ name: string }, { name: string }, Times>({
  op: 'drawsLate',
  kind: 'leaf',
  config: z.strictObject({ name: z.string() }),
  async run(ctx, { name }) {
    await ctx.effect('ask', null, { policy: 'read' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, ctx.services[name]))
      return { status: 'ok', data: {} }
    })
    const id = ctx.newId()
    const chance = ctx.random()
    await ctx.effect('send', { id, chance }, { policy: 'idempotent' }, async () => ({ status: 'ok', data: {} }))
    ctx.set(name, [id, chance], 'system')
    return Success
  },
})

const branches = ['a', 'b', 'c'].map((name) => called(name, node('drawsLate', { name })))
const tree = build(specOf(node('parallel', undefined, ...branches)), [...nodes, drawsLate])

test('what nodes at work side by side draw does not depend on which of them came back first', async () => {
  const journal = memoryJournal()
  const first = await advance(tree, {}, turn({ journal, services: { a: 12, b: 6, c: 1 } }))
  const other = await advance(tree, {}, turn({ services: { a: 1, b: 6, c: 12 } }))
  expect(other.snapshot.scopes).toEqual(first.snapshot.scopes)
  const again = await advance(tree, {}, turn({ journal: memoryJournal(journal.entries) }))
  expect(again.fault).toBeUndefined()
  expect(again.snapshot.scopes).toEqual(first.snapshot.scopes)
  const drawn = Object.values(first.snapshot.scopes['']).flatMap(({ value }) => value as (string | number)[])
  expect(new Set(drawn).size).toBe(6)
})
