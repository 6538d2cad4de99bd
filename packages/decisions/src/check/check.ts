import { createLowering } from '../expression/lower.ts'
import { limits } from '../limits.ts'
import { compileProgram, rankOf, type Program } from '../table/program.ts'
import { namesOfInputs } from '../table/scope.ts'
import type { Table } from '../table/table.ts'
import { groupColumn, type ColumnGroups } from './columns.ts'
import { constantOf } from './constants.ts'
import { allRules, bit, findGaps, findNever, findUnreachable } from './cover.ts'
import type { Check, Finding } from './finding.ts'
import { findWrongTypes } from './kinds.ts'
import { findOverlaps } from './overlaps.ts'
import { SearchBudget, SearchSpent } from './search.ts'

/**
 * What is wrong with a table, before any input meets it: by cutting the values of each column into regions that no cell
 * tells apart. Exact for cells that compare a value with constants; of others it says that it did not look at them.
 */
export function checkTable(table: Table): Check {
  const findings: Finding[] = []
  const program = compileProgram(table, {
    names: namesOfInputs(table.inputs.map(({ expression }) => expression)),
    lowering: createLowering(),
    strict: false,
    report: ({ code, path, message }) => findings.push({ code, message: `\`${path}\`: ${message}`, rules: [], path }),
  })
  const because = new Set<string>()
  if (findings.length > 0) because.add('some texts cannot be read')
  findings.push(...findWrongTypes(program))
  const asks = { left: limits.checkAsks }
  const columns = program.inputs.map((_, index) => groupColumn(program, index, because, asks))
  findings.push(...findNever(program, columns))
  const budget = new SearchBudget()
  for (const search of searches(program, columns, because, budget)) {
    try {
      findings.push(...search())
    } catch (error) {
      if (!(error instanceof SearchSpent)) throw error
      because.add(`there are more combinations than the ${limits.checkSteps} that are looked at`)
    }
  }
  return { exhaustive: because.size === 0, because: [...because], findings: findings.slice(0, limits.findings) }
}

/** What each hit policy asks for. Where all matches are collected, having none is an answer like any other. */
function* searches(
  program: Program,
  columns: readonly ColumnGroups[],
  because: Set<string>,
  budget: SearchBudget,
): Generator<() => Finding[]> {
  const { hitPolicy, outputs } = program.table
  if (hitPolicy === 'unique' || hitPolicy === 'any') yield () => findOverlaps(program, columns, because, budget)
  if (hitPolicy === 'first') yield () => findUnreachable(program, columns, (rule) => bit(rule) - 1n, budget)
  if (hitPolicy === 'priority') yield () => findUnreachable(program, columns, higherPriority(program, because), budget)
  const collects = hitPolicy === 'collect' || hitPolicy === 'rule order' || hitPolicy === 'output order'
  const hasDefault = outputs.some((output) => output.default !== undefined)
  if (!collects && !hasDefault) yield () => findGaps(program, columns, budget)
}

/** The rules whose outputs are more important, whatever the input. */
function higherPriority(program: Program, because: Set<string>): (rule: number) => bigint | undefined {
  const ranks = program.rules.map(({ yields }) => {
    const values = yields.map(({ tree }) => constantOf(tree))
    if (values.includes(undefined)) return undefined
    return program.outputs.map((column, index) => rankOf(column, values[index] ?? null, () => undefined))
  })
  if (ranks.includes(undefined)) because.add('some outputs are not constants')
  return (rule) => {
    const own = ranks[rule]
    if (!own) return undefined
    return (
      ranks.reduce((rules, rank, other) => (rank && isHigher(rank, own) ? rules | bit(other) : rules), 0n) &
      allRules(program)
    )
  }
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((rank, index) => rank !== b[index])
  return at >= 0 && (a[at] ?? Infinity) < (b[at] ?? Infinity)
}
