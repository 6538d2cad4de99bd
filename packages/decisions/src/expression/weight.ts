import { childrenOf } from './children.ts'
import type { Expr } from './expr.ts'

/** How many nodes one evaluation of it can touch, loops and calls aside, which count for themselves. */
export const weightOf = (expr: Expr): number => childrenOf(expr).reduce((sum, child) => sum + weightOf(child), 1)
