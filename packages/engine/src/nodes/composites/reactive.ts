import type { ParentCtx, Preparation } from '../../tree/definition.ts'
import { Running, type Settled, type Step } from '../../tree/status.ts'

/** What reacts looks at its children again at every event, so all but one of them must be free to look at. */
export function prepareReactive<Config>(config: Config, { children, isPure, fail }: Preparation): Config {
  const others = children.filter((_, child) => !isPure(child))
  if (others.length > 1) {
    fail(`only one child may do more than look; ${others.map((name) => `"${name}"`).join(' and ')} do`)
  }
  return config
}

/** From the first child again, while another one runs. */
export function lookAgain(ctx: ParentCtx): Step {
  for (let child = 0; child < ctx.childCount; child++) {
    if (ctx.isRunning(child)) return child === 0 ? Running : ctx.run(0)
  }
  return Running
}

/** The next child: entered, or left to go on if it is the one that runs. */
export function goOn(ctx: ParentCtx, child: number): Step {
  return ctx.isRunning(child) ? Running : ctx.run(child)
}

/** Decided before the running child's turn came: it is not wanted any more. */
export function preempt(ctx: ParentCtx, after: number, status: Settled): Settled {
  for (let child = after + 1; child < ctx.childCount; child++) ctx.halt(child, 'preempted')
  return status
}
