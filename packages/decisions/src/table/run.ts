import { ContextScope, within } from '../expression/env.ts'
import type { Env, Value } from '../values/value.ts'
import { FunctionValue, newContext } from '../values/value.ts'
import { acceptAs } from './column-types.ts'
import { hitPolicies } from './hit-policies/all.ts'
import type { Columns } from './hit-policies/hit-policy.ts'
import type { Problem } from '../problem.ts'
import type { Hit, Outcome } from './outcome.ts'
import { rankOf, type InputColumn, type OutputColumn, type Program, type RuleProgram } from './program.ts'

/** What one evaluation came to, before it becomes JSON. */
export interface Run {
  outcome: Outcome
  value: Value
  hits: readonly Hit[]
  problems: readonly Problem[]
  slow: boolean
}

const noProblems: readonly Problem[] = []

export function runTable(program: Program, outer: Env): Run {
  const problems: Problem[] = []
  const values = program.inputs.map((column) => inputValue(column, outer, problems))
  const env = program.usesNames ? named(program, values, outer) : outer
  const hits = hitsOf(program, values, env, problems)
  const columns = columnsOf(program, env)
  const done = (outcome: Outcome, value: Value, chosen: readonly Hit[]): Run => ({
    outcome,
    value,
    hits: chosen,
    problems: problems.length > 0 ? problems : noProblems,
    slow: program.beyond,
  })
  const policy = hitPolicies[program.table.hitPolicy]
  if (hits.length === 0) {
    const fallback = defaultOf(program, env, columns)
    if (fallback !== undefined) return done('default', fallback, [])
    return done('none', policy.nothing?.(columns) ?? null, [])
  }
  const choice = policy.choose(hits, columns)
  if ('value' in choice) return done('match', choice.value, choice.hits)
  problems.push(choice.problem)
  return done('violation', null, [])
}

/** With the values of the inputs under their names. */
export function named({ inputs }: Program, values: readonly Value[], env: Env): Env {
  const names = newContext()
  for (const [index, { spec }] of inputs.entries())
    if (spec.name !== undefined) names[spec.name] = values[index] ?? null
  return within(env, new ContextScope(names, env.scope))
}

/** As its column has it; null, and said so, when the column does not allow it. */
export function inputValue(column: InputColumn, env: Env, problems: Problem[]): Value {
  const evaluated = column.evaluate(env)
  // An input that is missing and goes by the name of one of FEEL's functions is not that function.
  const found = evaluated instanceof FunctionValue ? null : evaluated
  const value = acceptAs(column.spec.type, found)
  const allowed = column.allowed
  if (value !== undefined && (!allowed || value === null || allowed.matches(value, env) === true)) return value
  const wanted = allowed && value !== undefined ? allowedText(column) : `a ${column.spec.type}`
  const message = `"${column.label}" should be ${wanted}. It counts as missing.`
  problems.push({ code: 'input_not_allowed', message, at: column.label })
  return null
}

const allowedText = ({ spec }: InputColumn): string => `one of ${spec.values ?? ''}`

function hitsOf(program: Program, values: readonly Value[], env: Env, problems: Problem[]): Hit[] {
  const { rules } = program
  const stops = hitPolicies[program.table.hitPolicy].stopsAtFirst
  const hits: Hit[] = []
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index] as RuleProgram
    if (!holds(rule, values, env)) continue
    hits.push({ rule: index, values: outputValues(program, rule, env, problems) })
    if (stops) break
  }
  return hits
}

function holds({ asks }: RuleProgram, values: readonly Value[], env: Env): boolean {
  for (const { column, matches } of asks) {
    if (matches(values[column] ?? null, env) !== true) return false
  }
  return true
}

const outputValues = ({ outputs }: Program, rule: RuleProgram, env: Env, problems: Problem[]): Value[] =>
  rule.yields.map((cell, index) => outputValue(outputs[index] as OutputColumn, cell.evaluate(env), env, problems))

function outputValue(column: OutputColumn, found: Value, env: Env, problems: Problem[]): Value {
  const value = acceptAs(column.spec.type, found)
  const isKnown = !column.values || value === undefined || rankOf(column, value, env.budget.take) < Infinity
  if (value === null || (value !== undefined && isKnown)) return value
  const wanted = value === undefined ? `a ${column.spec.type}` : `one of ${column.spec.values?.join(', ') ?? ''}`
  problems.push({ code: 'output_not_allowed', message: `${column.label} should be ${wanted}.`, at: column.label })
  return null
}

function defaultOf({ outputs }: Program, env: Env, columns: Columns): Value | undefined {
  if (outputs.every((column) => column.default === undefined)) return undefined
  const values = outputs.map((column) => column.default?.evaluate(env) ?? null)
  return columns.single({ rule: -1, values })
}

function columnsOf({ table, outputs }: Program, env: Env): Columns {
  const meter = env.budget.take
  return {
    aggregation: table.aggregation,
    meter,
    single({ values }) {
      if (outputs.length === 1) return values[0] ?? null
      const context = newContext()
      for (const [index, { spec }] of outputs.entries()) context[spec.name ?? ''] = values[index] ?? null
      return context
    },
    byPriority(a, b) {
      for (const [index, column] of outputs.entries()) {
        const ranks = [a, b].map(({ values }) => rankOf(column, values[index] ?? null, meter)) as [number, number]
        if (ranks[0] !== ranks[1]) return ranks[0] < ranks[1] ? -1 : 1
      }
      return 0
    },
  }
}
