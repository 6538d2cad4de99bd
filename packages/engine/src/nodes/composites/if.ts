import { z } from 'zod'
import type { ParentCtx, Test } from '../../tree/definition.ts'
import { defineParent } from '../../tree/registry.ts'
import type { Json } from '../../tree/json.ts'

interface Branches {
  tests: Test[]
  names: readonly string[]
}

/**
 * The child of the first branch whose condition is true; else the child after the last branch, if there is one. The
 * choice is made once, when it is entered. Unknown is not true.
 *
 * child success, failure, running → the same · no branch true and no else → failure `no_branch`
 */
export const ifNode = defineParent({
  op: 'if',
  kind: 'composite',
  pure: true,
  config: z.strictObject({ branches: z.array(z.json()).min(1) }),
  prepare({ branches }, { condition, children, fail }): Branches {
    const surplus = children.length - branches.length
    if (surplus !== 0 && surplus !== 1) {
      fail(`${branches.length} branches need as many children, or one more for else, not ${children.length}`)
    }
    return { tests: branches.map((branch) => condition(branch)), names: children }
  },
  enter(ctx, branches) {
    const chosen = choose(ctx, branches)
    return chosen < ctx.childCount ? ctx.run(chosen) : ctx.fail('no_branch', 'no condition is true')
  },
  settled: (_, __, status) => status,
})

function choose(ctx: ParentCtx, { tests, names }: Branches): number {
  const found = tests.findIndex((test) => ctx.test(test) === true)
  const chosen = found < 0 ? tests.length : found
  ctx.decide('branch', names[chosen] ?? null, () => tests.slice(0, chosen + 1).map((test) => why(ctx, test)))
  return chosen
}

function why(ctx: ParentCtx, test: Test): Json {
  return { condition: test.text, value: ctx.test(test) ?? null, because: ctx.explain(test) }
}
