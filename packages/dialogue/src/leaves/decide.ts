import { decideLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition, type Test } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'

type Config = LeafConfig<'decide'>
interface Prepared {
  branches: { when: Test; exit: string; title: string }[]
  otherwise: string | undefined
}

/** The first branch that is true names the exit. Deterministic: nothing here asks a model. */
export const decide: NodeDefinition<TurnScope, Config, Prepared> = {
  op: 'decide',
  kind: 'leaf',
  config: decideLeaf,
  pure: true,
  prepare: (config, { condition }) => ({
    branches: config.branches.map((branch) => {
      const when = condition(branch.when)
      return { when, exit: branch.exit, title: branch.title ?? when.text }
    }),
    otherwise: config.otherwise,
  }),
  run(ctx, { branches, otherwise }) {
    const chosen = branches.find((branch) => ctx.test(branch.when) === true)
    const looked = chosen ? branches.slice(0, branches.indexOf(chosen) + 1) : branches
    const exit = chosen?.exit ?? otherwise
    const title = chosen?.title ?? (otherwise === undefined ? null : 'else')
    ctx.decide(
      'branch',
      title,
      looked.map((branch) => ctx.explain(branch.when)),
    )
    if (exit === undefined) return ctx.fail('no_branch', 'No branch is true.')
    ctx.exit(exit, 'condition')
    return Success
  },
}
