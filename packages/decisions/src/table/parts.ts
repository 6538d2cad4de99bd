import { freeNames } from '../expression/children.ts'
import type { Cell, Expr } from '../expression/expr.ts'
import type { Evaluate, Lowering, Matches } from '../expression/lowering.ts'
import type { Names } from '../expression/names.ts'
import { readCell, readExpression, type Allowance, type Read, type ReadOptions } from '../expression/read.ts'
import { Refusal } from '../refusal.ts'
import { DecisionFault } from './fault.ts'
import { unknownName } from './scope.ts'

/** A text of the table: where it stands, and what it is for, in the words of a message. */
export interface Place {
  path: string
  text: string
}

/** What is wrong with a text of the table. `offset` is into the text. */
export interface TextFault extends Place {
  code: 'cell_invalid' | 'cell_too_large' | 'unknown_name'
  message: string
  fix: string | undefined
  offset: number
}

export interface CompiledCell {
  tree: Cell
  matches: Matches
  beyond: boolean
}

export interface CompiledExpression {
  tree: Expr
  evaluate: Evaluate
  beyond: boolean
}

/**
 * Reads and compiles the texts of a table and hands every fault to `report`; what is at fault becomes something that is
 * always null.
 */
export class TextCompiler {
  readonly #names: Names
  readonly #lowering: Lowering
  readonly #strict: boolean
  readonly #report: (fault: TextFault) => void
  readonly #allowance: Allowance
  /** By all texts so far. */
  readonly usedNames = new Set<string>()

  constructor(
    names: Names,
    lowering: Lowering,
    { strict, allowance, report }: { strict: boolean; allowance: Allowance; report: (fault: TextFault) => void },
  ) {
    this.#allowance = allowance
    this.#names = names
    this.#lowering = lowering
    this.#strict = strict
    this.#report = report
  }

  cell(place: Place): CompiledCell {
    const { tree, beyond } = this.#read(place, readCell, [], (cell) => cell)
    return { tree, beyond, matches: this.#lowering.cell(tree) }
  }

  expression(place: Place): CompiledExpression {
    const nothing: Expr = { op: 'literal', value: null }
    const { tree, beyond } = this.#read(place, readExpression, nothing, (value) => [{ test: 'value', value }])
    return { tree, beyond, evaluate: this.#lowering.expression(tree) }
  }

  #read<T>(place: Place, read: typeof readAny<T>, nothing: T, asCell: (tree: T) => Cell): Read<T> {
    try {
      const result = read(place.text, this.#names, { strict: this.#strict, allowance: this.#allowance })
      const cell = asCell(result.tree)
      for (const name of freeNames(cell)) this.usedNames.add(name)
      if (this.#strict) this.#checkNames(place, cell)
      return result
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const code = error.code === 'cell_too_large' ? error.code : 'cell_invalid'
      this.#report({ ...place, code, message: error.message, fix: error.fix, offset: error.offset })
      return { tree: nothing, beyond: false }
    }
  }

  #checkNames(place: Place, cell: Cell): void {
    const unknown = unknownName(cell, this.#names)
    if (!unknown) return
    const message = `There is no "${unknown.name}" here.`
    const offset = Math.max(0, place.text.indexOf(unknown.name))
    this.#report({ ...place, code: 'unknown_name', message, fix: unknown.fix ?? 'Put text in double quotes.', offset })
  }
}

/** Only for its type. */
declare function readAny<T>(text: string, names: Names, options?: ReadOptions): Read<T>

export function throwFault(fault: TextFault): never {
  const message = `${fault.path}, \`${fault.text.slice(0, 60)}\`: ${fault.message}`
  throw new DecisionFault(fault.code, fault.path, message, fault.fix)
}
