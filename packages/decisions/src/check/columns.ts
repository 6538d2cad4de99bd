import type { Matches } from '../expression/lowering.ts'
import type { InputColumn, Program } from '../table/program.ts'
import { kindOf, type Kind, type Value } from '../values/value.ts'
import { constantsOf, emptyEnv } from './constants.ts'
import { witnessesOf } from './regions.ts'

/** The values of a column, in groups whose members no cell of the table tells apart. */
export interface ColumnGroups {
  label: string
  groups: Group[]
  /** Rules whose cell in this column cannot be judged by the value alone. */
  unknown: bigint
}

export interface Group {
  /** One of its values. */
  witness: Value
  /** The rules whose cells take it, as bits; unknown ones are not among them. */
  rules: bigint
}

/** How often all columns together may ask a cell about a value. */
export interface AskBudget {
  left: number
}

/** Why a column cannot be told apart completely is added to `because`. */
export function groupColumn(program: Program, index: number, because: Set<string>, budget: AskBudget): ColumnGroups {
  const column = program.inputs[index] as InputColumn
  const cells = program.rules.map(({ when }) => when[index])
  let unknown = 0n
  const constants: Value[] = []
  for (const [rule, cell] of cells.entries()) {
    // A cell that could not be read has no tests.
    const found = cell && cell.tree.length > 0 ? constantsOf(cell.tree) : undefined
    if (found) constants.push(...found)
    else {
      unknown |= 1n << BigInt(rule)
      because.add(`"${column.label}" of rule ${rule + 1} depends on more than its own value`)
    }
  }
  const witnesses = witnessesIn(column, constants, because)
  // A cell compares the value with each of its constants.
  budget.left -= witnesses.length * (cells.length + constants.length)
  if (budget.left < 0) {
    because.add(`"${column.label}" is told apart into too many values`)
    return { label: column.label, unknown: (1n << BigInt(cells.length)) - 1n, groups: [{ witness: null, rules: 0n }] }
  }
  const known = cells.map((cell, rule) => ((unknown >> BigInt(rule)) & 1n ? undefined : cell?.matches))
  return { label: column.label, unknown, groups: grouped(witnesses, known) }
}

function witnessesIn(column: InputColumn, cellConstants: readonly Value[], because: Set<string>): Value[] {
  const allowed = column.allowed && constantsOf(column.allowed.tree)
  if (column.allowed && !allowed) because.add(`the values of "${column.label}" depend on more than themselves`)
  const constants = [...cellConstants, ...(allowed ?? [])]
  const found = kindsOf(column, constants).flatMap((kind) => {
    const witnesses = witnessesOf(kind, constants)
    if (!witnesses) because.add(`"${column.label}" has values of a kind that is not cut into regions`)
    return witnesses ?? []
  })
  const possible = allowed ? found.filter((value) => column.allowed?.matches(value, emptyEnv()) === true) : found
  // Null counts only where the author thinks of it: else every table would have a gap there.
  return cellConstants.includes(null) || possible.length === 0 ? [...possible, null] : possible
}

/** The declared kind; without one, the kinds that cells are about. */
function kindsOf(column: InputColumn, constants: readonly Value[]): Kind[] {
  if (column.spec.type !== 'any') return [column.spec.type]
  return [...new Set(constants.map(kindOf))].filter((kind) => kind !== 'null')
}

function grouped(witnesses: readonly Value[], cells: readonly (Matches | undefined)[]): Group[] {
  const groups = new Map<bigint, Group>()
  for (const witness of witnesses) {
    let rules = 0n
    // Cells that are judged by the value alone are as cheap as their text is short.
    const env = emptyEnv(Infinity)
    for (const [rule, matches] of cells.entries()) {
      if (matches?.(witness, env) === true) rules |= 1n << BigInt(rule)
    }
    const known = groups.get(rules)
    if (!known) groups.set(rules, { witness, rules })
  }
  return [...groups.values()]
}
