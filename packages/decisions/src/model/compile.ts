import type { Diagnostic, Json } from '@copse/contracts'
import { Budget, BudgetSpent } from '../budget.ts'
import { limits } from '../limits.ts'
import type { Notes, Problem } from '../problem.ts'
import type { EvaluateOptions } from '../table/compile.ts'
import { DecisionFault } from '../table/fault.ts'
import { suggestion } from '../table/suggest.ts'
import { toJson } from '../values/json.ts'
import type { Context, Value } from '../values/value.ts'
import { checkCycles } from './cycles.ts'
import type { Model, TextPlaces } from './model.ts'
import { partsOf, type Part } from './parts.ts'
import { ProgramBuilder } from './program.ts'
import { admittedInput, ModelRun, runService, type PartProgram } from './run.ts'

export interface ModelOptions {
  /** The models that this one imports, and those that they import. */
  imports?: readonly Model[]
  /** From `parseDmn`, for the lines and columns of diagnostics. */
  places?: TextPlaces
}

export interface ModelEvaluation {
  output: Json
  /** The tables that were looked at, by the decision they stand in, with the rules that count, from 1. */
  tables: { at: string; rules: number[] }[]
  problems: readonly Problem[]
  /** A cell of a table beyond S-FEEL was looked at. */
  slow?: true
}

export interface CompiledModel {
  readonly decisions: readonly string[]
  readonly services: readonly string[]
  /** Texts that are no FEEL, which come to null. */
  readonly diagnostics: readonly Diagnostic[]
  /**
   * A decision, with all that it needs, or a service. Inputs are JSON, by the names of input data; a service takes those
   * of its input decisions, too. Throws a DecisionFault when there is no decision or service of the name.
   */
  readonly evaluate: (
    name: string,
    inputs: Readonly<Record<string, unknown>>,
    options?: EvaluateOptions,
  ) => ModelEvaluation
}

/** Throws a DecisionFault when decisions need each other in a circle. */
export function compileModel(model: Model, options: ModelOptions = {}): CompiledModel {
  const compiled = compilePrograms(model, options)
  const { decisions, services, diagnostics } = compiled
  return {
    decisions,
    services,
    diagnostics,
    evaluate(name, inputs, evaluation) {
      const { output, tables, problems, slow } = compiled.evaluate(name, inputs as Context, evaluation)
      return slow ? { output, tables, problems, slow } : { output, tables, problems }
    },
  }
}

interface ValueEvaluation extends ModelEvaluation {
  /** The output before it became JSON. */
  raw: Value
}

/** As `compileModel`, with values as FEEL has them. */
export function compilePrograms(model: Model, { imports = [], places }: ModelOptions) {
  const models = [model, ...imports]
  const parts = partsOf(models)
  checkCycles(parts)
  const builder = new ProgramBuilder(models, parts, places)
  const programs = [...parts.values()].map((part) => builder.program(part))
  const own = (kind: Part['kind']) =>
    programs.flatMap(({ part }) => (part.model === model && part.kind === kind ? [part.name] : []))
  return {
    decisions: own('decision'),
    services: own('service'),
    diagnostics: builder.diagnostics,
    evaluate(name: string, inputs: Context, evaluation: EvaluateOptions = {}): ValueEvaluation {
      const program = programs.find(
        ({ part }) =>
          part.model === model && part.name === name && (part.kind === 'decision' || part.kind === 'service'),
      )
      if (program) return evaluate(program, inputs, evaluation)
      const fix = suggestion(name, [...own('decision'), ...own('service')])
      throw new DecisionFault('unknown_decision', name, `There is no decision or service "${name}".`, fix)
    },
  }
}

function evaluate(program: PartProgram, inputs: Context, { now, steps }: EvaluateOptions): ValueEvaluation {
  const problems: Problem[] = []
  const tables: ModelEvaluation['tables'] = []
  let slow = false
  const notes: Notes = {
    problem: (problem) => problems.push(problem),
    rules(at, rules, beyond) {
      tables.push({ at, rules })
      slow ||= beyond
    },
  }
  const budget = new Budget(steps ?? limits.steps)
  const env = { budget, subject: null, nowMs: now, notes }
  const finish = (output: Json, raw: Value): ValueEvaluation => ({
    output,
    raw,
    tables,
    problems,
    ...(slow && { slow: true as const }),
  })
  try {
    const raw = run(program, inputs, env)
    return finish(toJson(raw, budget.take), raw)
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
    problems.push({ code: 'budget_spent', message: error.message, at: program.part.name })
    return finish(null, null)
  }
}

function run(program: PartProgram, inputs: Context, env: ConstructorParameters<typeof ModelRun>[2]): Value {
  if (program.part.kind !== 'service') return new ModelRun(inputs, new Map(), env).valueOf(program)
  const given = new Map<PartProgram, Value>()
  for (const parameter of program.parameters) {
    if (parameter.part.kind !== 'decision') continue
    const value = Object.hasOwn(inputs, parameter.part.name) ? (inputs[parameter.part.name] ?? null) : null
    given.set(parameter, admittedInput(parameter, value, { ...env, scope: { get: () => undefined } }))
  }
  return runService(program, new ModelRun(inputs, given, env), env)
}
