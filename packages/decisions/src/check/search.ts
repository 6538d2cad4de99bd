import { limits } from '../limits.ts'
import type { Value } from '../values/value.ts'
import type { ColumnGroups } from './columns.ts'

/** Too much to look at. */
export class SearchSpent extends Error {}

/** Counts what all searches of one check look at. */
export class SearchBudget {
  #left: number = limits.checkSteps

  take(): void {
    this.#left -= 1
    if (this.#left < 0) throw new SearchSpent()
  }
}

interface Search {
  /** The rules that may take an input. */
  rules: bigint
  /** For each column, the rules that take every value from here on to the last column. */
  takesAllFrom: readonly bigint[]
  /** The groups to look at, for each column. */
  columns: readonly { witness: Value; rules: bigint }[][]
  most: number
}

/**
 * Inputs that none of the rules takes, one value for each column, at most `most` of them. Goes through the columns from
 * left to right; what is left of the rules decides alone, so the same rest is looked at once.
 */
export function uncovered({ rules, takesAllFrom, columns, most }: Search, budget: SearchBudget): Value[][] {
  const found: Value[][] = []
  const covered = columns.map(() => new Set<bigint>())

  function visit(column: number, alive: bigint, path: Value[]): boolean {
    budget.take()
    if (alive === 0n) {
      found.push([...path, ...columns.slice(column).map((groups) => groups[0]?.witness ?? null)])
      return false
    }
    const known = covered[column]
    if (!known || (alive & (takesAllFrom[column] ?? 0n)) !== 0n || known.has(alive)) return true
    let all = true
    for (const group of columns[column] ?? []) {
      if (found.length >= most) return false
      if (!visit(column + 1, alive & group.rules, [...path, group.witness])) all = false
    }
    if (all) known.add(alive)
    return all
  }

  visit(0, rules, [])
  return found.slice(0, most)
}

/** For each column, the rules whose cells take every value in it and in all columns behind it. */
export function takesAllFrom(columns: readonly ColumnGroups[], rules: bigint, maybe: boolean): bigint[] {
  const result: bigint[] = [rules]
  for (const { groups, unknown } of columns.toReversed()) {
    const taking = groups.reduce((all, group) => all & (group.rules | (maybe ? unknown : 0n)), rules)
    result.unshift(taking & (result[0] ?? 0n))
  }
  return result
}
