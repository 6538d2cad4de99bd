import { toJson } from '../values/json.ts'
import type { Value } from '../values/value.ts'
import type { Json } from '@copse/contracts'
import type { Program } from '../table/program.ts'
import type { ColumnGroups } from './columns.ts'
import type { Finding } from './finding.ts'
import { takesAllFrom, uncovered, type SearchBudget } from './search.ts'

const mostGaps = 5

export const bit = (rule: number): bigint => 1n << BigInt(rule)
export const allRules = ({ rules }: Program): bigint => bit(rules.length) - 1n

export const exampleOf = (columns: readonly ColumnGroups[], values: readonly Value[]): Record<string, Json> =>
  Object.fromEntries(columns.map(({ label }, index) => [label, toJson(values[index], () => undefined)]))

/** A rule with a cell that cannot be judged counts as taking everything there: no gap is made up. */
export function findGaps(program: Program, columns: readonly ColumnGroups[], budget: SearchBudget): Finding[] {
  const rules = allRules(program)
  const search = {
    rules,
    takesAllFrom: takesAllFrom(columns, rules, true),
    columns: columns.map(({ groups, unknown }) => groups.map((group) => ({ ...group, rules: group.rules | unknown }))),
    most: mostGaps,
  }
  return uncovered(search, budget).map((values) => {
    const example = exampleOf(columns, values)
    const message = `No rule is for ${textOf(example)}. Add one, or a default.`
    return { code: 'gap', message, rules: [], example }
  })
}

export const textOf = (example: Record<string, Json>): string =>
  Object.entries(example)
    .map(([label, value]) => `${label} = ${JSON.stringify(value)}`)
    .join(', ') || 'an input'

/**
 * Rules whose every input is taken by those that go before. `before`: as bits, for each rule; undefined where nobody
 * knows. A rule before counts only with cells that can be judged.
 */
export function findUnreachable(
  program: Program,
  columns: readonly ColumnGroups[],
  before: (rule: number) => bigint | undefined,
  budget: SearchBudget,
): Finding[] {
  const known = columns.reduce((rules, { unknown }) => rules & ~unknown, allRules(program))
  const takesAll = takesAllFrom(columns, allRules(program), false)
  return program.rules.flatMap((_, rule): Finding[] => {
    const others = (before(rule) ?? 0n) & known
    const own = columns.map(({ groups, unknown }) =>
      groups.filter((group) => ((group.rules | unknown) & bit(rule)) !== 0n),
    )
    if (others === 0n || own.some((groups) => groups.length === 0)) return []
    if (uncovered({ rules: others, takesAllFrom: takesAll, columns: own, most: 1 }, budget).length > 0) return []
    const message = `Rule ${rule + 1} is never used: rules before it take everything that it is for. Remove or move it.`
    return [{ code: 'unreachable', message, rules: [rule + 1] }]
  })
}

/** Rules with a cell that no value of its column passes. */
export function findNever(program: Program, columns: readonly ColumnGroups[]): Finding[] {
  return program.rules.flatMap((_, rule) =>
    columns.flatMap(({ label, groups, unknown }, column): Finding[] => {
      if (((unknown >> BigInt(rule)) & 1n) === 1n) return []
      if (groups.some((group) => (group.rules & bit(rule)) !== 0n)) return []
      const message = `Rule ${rule + 1} never matches: no value of "${label}" passes its cell.`
      return [{ code: 'never_matches', message, rules: [rule + 1], path: `rules.${rule}.when.${column}` }]
    }),
  )
}
