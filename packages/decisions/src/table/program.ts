import type { Evaluate, Lowering, Matches } from '../expression/lowering.ts'
import { namesFrom, type Names } from '../expression/names.ts'
import { newAllowance, type Allowance } from '../expression/read.ts'
import { passes } from '../values/compare.ts'
import type { Value } from '../values/value.ts'
import { Budget } from '../budget.ts'
import { ContextScope } from '../expression/env.ts'
import { TextCompiler, type CompiledCell, type CompiledExpression, type TextFault } from './parts.ts'
import type { Input, Output, Table } from './table.ts'

/** A table whose texts are closures. */
export interface Program {
  table: Table
  inputs: InputColumn[]
  outputs: OutputColumn[]
  rules: RuleProgram[]
  /** Whether any input or cell is beyond S-FEEL. */
  beyond: boolean
  /** Whether a cell uses the name of an input. */
  usesNames: boolean
}

export interface InputColumn {
  spec: Input
  label: string
  evaluate: Evaluate
  beyond: boolean
  /** Passes every value that the column may have. */
  allowed: CompiledCell | undefined
}

export interface OutputColumn {
  spec: Output
  label: string
  /** Constants, the most important first. */
  values: readonly Value[] | undefined
  default: CompiledExpression | undefined
}

export interface RuleProgram {
  when: CompiledCell[]
  yields: CompiledExpression[]
  /** What has to be asked: the cells that are not `-`. */
  asks: { column: number; matches: Matches }[]
  beyond: boolean
}

export interface ProgramOptions {
  names: Names
  lowering: Lowering
  strict: boolean
  report: (fault: TextFault) => void
  /** Shared by the tables of a model. */
  allowance?: Allowance
}

export function compileProgram(table: Table, options: ProgramOptions): Program {
  const { lowering, strict, report, allowance = newAllowance() } = options
  const reading = { strict, report, allowance }
  const own = table.inputs.flatMap(({ name }) => (name === undefined ? [] : [name]))
  const names = new Map([...options.names, ...namesFrom(own)])
  const columns = new TextCompiler(options.names, lowering, reading)
  const texts = new TextCompiler(names, lowering, reading)
  const constants = new TextCompiler(namesFrom([]), lowering, reading)
  const inputs = table.inputs.map((spec, index) => compileInput(spec, `inputs.${index}`, columns))
  const outputs = table.outputs.map((spec, index) => compileOutput(spec, `outputs.${index}`, texts, constants))
  const rules = table.rules.map((rule, index): RuleProgram => {
    const when = rule.when.map((text, column) => texts.cell({ path: `rules.${index}.when.${column}`, text }))
    const yields = rule.yields.map((text, column) =>
      texts.expression({ path: `rules.${index}.yields.${column}`, text }),
    )
    const asks = when.flatMap(({ tree, matches }, column) => (isAny(tree) ? [] : [{ column, matches }]))
    return { when, yields, asks, beyond: [...when, ...yields].some((part) => part.beyond) }
  })
  return {
    table,
    inputs,
    outputs,
    rules,
    beyond: [...inputs, ...rules].some((part) => part.beyond),
    usesNames: own.some((name) => texts.usedNames.has(name)),
  }
}

const isAny = (cell: CompiledCell['tree']): boolean => cell.some(({ test }) => test === 'any')

function compileInput(spec: Input, path: string, texts: TextCompiler): InputColumn {
  const { evaluate, beyond } = texts.expression({ path: `${path}.expression`, text: spec.expression })
  const allowed = spec.values === undefined ? undefined : texts.cell({ path: `${path}.values`, text: spec.values })
  return { spec, label: spec.label ?? spec.name ?? spec.expression, evaluate, beyond, allowed }
}

function compileOutput(spec: Output, path: string, texts: TextCompiler, constants: TextCompiler): OutputColumn {
  const values = spec.values?.map((text, index) =>
    constantValue(constants.expression({ path: `${path}.values.${index}`, text })),
  )
  const fallback =
    spec.default === undefined ? undefined : texts.expression({ path: `${path}.default`, text: spec.default })
  return { spec, label: spec.name ?? 'the output', values, default: fallback }
}

const constantValue = ({ evaluate }: CompiledExpression): Value =>
  evaluate({ scope: new ContextScope({}), budget: new Budget(), subject: null, nowMs: undefined })

/** The place of a value in the list of output values; behind all of them when it is not there. */
export function rankOf(column: OutputColumn, value: Value, meter: (steps: number) => void): number {
  const rank = column.values?.findIndex((one) => passes(value, one, meter) === true) ?? 0
  return rank < 0 ? Infinity : rank
}
