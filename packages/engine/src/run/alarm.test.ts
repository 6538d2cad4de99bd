import { expect, test } from 'vitest'
import { z } from 'zod'
import { nodes } from '../nodes/all.ts'
import { specOf, ask, node, turn, condition } from '../testing/play.ts'
import { compile } from '../tree/compile.ts'
import { createRegistry, defineNode } from '../tree/registry.ts'
import { Success } from '../tree/status.ts'
import { advance } from './advance.ts'

test('a leaf that waits and works at once is not run a second time by its deadline', async () => {
  let runs = 0
  let ring = (): void => {}
  const rang = Promise.withResolvers<void>()
  const pay = defineNode({
    op: 'pay',
    kind: 'leaf',
    parks: true,
    config: z.strictObject({}),
    async run(ctx) {
      runs++
      ctx.wait({ kind: 'timer', at: ctx.now() + 50 })
      await ctx.effect('pay', {}, { policy: 'at-most-once' }, async () => {
        await rang.promise
        return { status: 'ok', data: {} }
      })
      return Success
    },
  })
  const tree = compile(specOf(node('sequence', undefined, node('pay'), ask('q'))), createRegistry([...nodes, pay]), {
    condition,
  })
  const rest = advance(tree, {}, turn({ alarm: (_, fire) => ((ring = fire), () => {}) }))
  await Promise.resolve()
  ring()
  rang.resolve()
  expect(await rest).toMatchObject({ status: 'running', waits: [{ node: 't/q' }] })
  expect(runs).toBe(1)
})
