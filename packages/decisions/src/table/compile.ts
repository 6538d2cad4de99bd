import { Budget, BudgetSpent } from '../budget.ts'
import { ContextScope } from '../expression/env.ts'
import { createLowering } from '../expression/lower.ts'
import { limits } from '../limits.ts'
import { toJson } from '../values/json.ts'
import type { Context, Env } from '../values/value.ts'
import { DecisionFault } from './fault.ts'
import type { Problem } from '../problem.ts'
import type { Evaluation } from './outcome.ts'
import { throwFault } from './parts.ts'
import { compileProgram, type Program } from './program.ts'
import { runTable } from './run.ts'
import { namesOfInputs } from './scope.ts'
import { tableSpec, type Table } from './table.ts'
import { whyOf } from './why.ts'

export interface EvaluateOptions {
  /** Epoch milliseconds, for `now()` and `today()`; without it they are null. */
  now?: number
  /** Steps the evaluation may take, instead of those of the house. */
  steps?: number
}

export interface CompiledTable {
  readonly table: Table
  /** Cells and expressions beyond S-FEEL: `rules.3.when.0`. */
  readonly beyond: readonly string[]
  /** Never throws. Inputs are JSON, by name; what is not there is null. */
  readonly evaluate: (inputs: Readonly<Record<string, unknown>>, options?: EvaluateOptions) => Evaluation
}

/** Throws a DecisionFault for the first thing that is wrong; `parseTable` says all of them, with their places. */
export function compileTable(table: Table): CompiledTable {
  const spec = tableSpec.safeParse(table)
  if (!spec.success) {
    const [issue] = spec.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new DecisionFault('table_invalid', path, `The table is not valid: ${path} ${issue?.message ?? ''}.`)
  }
  const names = namesOfInputs(spec.data.inputs.map(({ expression }) => expression))
  const program = compileProgram(spec.data, { names, lowering: createLowering(), strict: true, report: throwFault })
  return {
    table: spec.data,
    beyond: program.beyond ? beyondOf(program) : [],
    evaluate: (inputs, options = {}) => evaluate(program, inputs, options),
  }
}

const newEnv = (inputs: Readonly<Record<string, unknown>>, { now, steps }: EvaluateOptions): Env => ({
  scope: new ContextScope(inputs as Context),
  budget: new Budget(steps ?? limits.steps),
  subject: null,
  nowMs: now,
})

function evaluate(program: Program, inputs: Readonly<Record<string, unknown>>, options: EvaluateOptions): Evaluation {
  const why = () => whyOf(program, newEnv(inputs, options))
  try {
    const env = newEnv(inputs, options)
    const { outcome, value, hits, problems, slow } = runTable(program, env)
    const output = toJson(value, env.budget.take)
    const rules = hits.map(({ rule }) => rule + 1)
    return slow ? { outcome, output, rules, problems, why, slow } : { outcome, output, rules, problems, why }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
    const problem: Problem = { code: 'budget_spent', message: error.message }
    return {
      outcome: 'fault',
      output: null,
      rules: [],
      problems: [problem],
      why,
      ...(program.beyond && { slow: true }),
    }
  }
}

export function beyondOf({ inputs, rules }: Program): string[] {
  return [
    ...inputs.flatMap(({ beyond }, index) => (beyond ? [`inputs.${index}`] : [])),
    ...rules.flatMap(({ when, yields }, index) => [
      ...when.flatMap(({ beyond }, column) => (beyond ? [`rules.${index}.when.${column}`] : [])),
      ...yields.flatMap(({ beyond }, column) => (beyond ? [`rules.${index}.yields.${column}`] : [])),
    ]),
  ]
}
