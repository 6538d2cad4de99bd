import { limits } from '../limits.ts'
import type { Program } from '../table/program.ts'
import { same } from '../values/equal.ts'
import type { Value } from '../values/value.ts'
import type { ColumnGroups } from './columns.ts'
import { constantOf } from './constants.ts'
import { bit, exampleOf, textOf } from './cover.ts'
import type { Finding } from './finding.ts'
import type { SearchBudget } from './search.ts'

/**
 * Pairs of rules that can match together: those that share a value in every column. Under `any` only where they do not
 * say the same.
 */
export function findOverlaps(
  program: Program,
  columns: readonly ColumnGroups[],
  because: Set<string>,
  budget: SearchBudget,
): Finding[] {
  const findings: Finding[] = []
  const mustDiffer = program.table.hitPolicy === 'any'
  const unknown = columns.reduce((rules, column) => rules | column.unknown, 0n)
  for (let second = 1; second < program.rules.length; second++) {
    for (let first = 0; first < second; first++) {
      const pair = bit(first) | bit(second)
      budget.take()
      if ((pair & unknown) !== 0n) continue
      const shared = columns.map(({ groups }) => groups.find((group) => (group.rules & pair) === pair))
      if (shared.some((group) => group === undefined)) continue
      if (mustDiffer && sayTheSame(program, first, second, because)) continue
      findings.push(
        overlap(
          first,
          second,
          columns,
          shared.map((group) => group?.witness ?? null),
        ),
      )
      if (findings.length >= limits.findings) return findings
    }
  }
  return findings
}

function overlap(first: number, second: number, columns: readonly ColumnGroups[], values: Value[]): Finding {
  const rules = [first + 1, second + 1]
  const example = exampleOf(columns, values)
  const message = `Rules ${rules.join(' and ')} both match ${textOf(example)}. Narrow one of them.`
  return { code: 'overlap', message, rules, example }
}

/** Whether two rules have the same outputs. What is no constant is not judged. */
function sayTheSame(program: Program, first: number, second: number, because: Set<string>): boolean {
  const [a, b] = [first, second].map((rule) => program.rules[rule]?.yields.map(({ tree }) => constantOf(tree)))
  if (!a || !b || [...a, ...b].includes(undefined)) {
    because.add('some outputs are not constants')
    return true
  }
  return a.every((value, index) => same(value, b[index], () => undefined))
}
