import { evaluate, FeelFunction, unaryTest } from 'feelin'
import { parseDmn } from '../dmn/parse.ts'
import type { Boxed, Decision, Knowledge, Model } from '../model/model.ts'
import type { Table } from '../table/table.ts'
import { fromFeelin, toFeelin } from './feelin-values.ts'
import type { Engine } from './suite.ts'

type Scope = Record<string, unknown>
type BoxOf<K extends Boxed['box']> = Extract<Boxed, { box: K }>

/**
 * What one reaches with feelin and as little as possible around it: its interpreter for every text, names handed over as
 * they are, no types, no services, no imports. The measure that ours must not fall below.
 */
export const feelinAlone: Engine = (xml) => {
  const parsed = parseDmn(xml)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
  return ({ decision, inputs }) => {
    const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, toFeelin(value)]))
    const part = parsed.model.decisions.find(({ name }) => name === decision)
    return part ? fromFeelin(decide(part, parsed.model, given)) : undefined
  }
}

function decide(part: Decision | Knowledge, model: Model, inputs: Scope): unknown {
  const scope = { ...inputs }
  for (const { id } of part.requires) {
    const input = model.inputs.find((one) => one.id === id)
    const needed = [...model.decisions, ...model.knowledge].find((one) => one.id === id)
    if (input) scope[input.name] = inputs[input.name] ?? null
    if (needed) scope[needed.name] = decide(needed, model, inputs)
  }
  const logic = part.logic ?? { box: 'text', text: 'null' }
  return 'parameters' in part ? functionOf(part.parameters, logic, scope) : run(logic, scope)
}

const functionOf = (parameters: { name: string }[], body: Boxed, scope: Scope): FeelFunction =>
  new FeelFunction(
    (...args: unknown[]) =>
      run(body, { ...scope, ...Object.fromEntries(parameters.map(({ name }, i) => [name, args[i]])) }),
    parameters.map(({ name }) => name),
  )

function textValue(text: string, scope: Scope): unknown {
  try {
    return evaluate(text, scope).value
  } catch {
    return null // what it cannot read is null, as everything else that goes wrong
  }
}

function run(boxed: Boxed, scope: Scope): unknown {
  switch (boxed.box) {
    case 'text':
      return textValue(boxed.text, scope)
    case 'table':
      return runTable(boxed.table, scope)
    case 'context':
      return runContext(boxed, scope)
    case 'invocation': {
      const target = run(boxed.target, scope)
      const args = Object.fromEntries(boxed.bindings.map(({ name, value }) => [name, run(value, scope)]))
      return target instanceof FeelFunction ? (target.invoke(args) as unknown) : null
    }
    case 'relation':
      return boxed.rows.map((row) =>
        Object.fromEntries(row.map((cell, index) => [boxed.columns[index] ?? '', run(cell, scope)])),
      )
    case 'list':
      return boxed.items.map((item) => run(item, scope))
    case 'function':
      return functionOf(boxed.parameters, boxed.body, scope)
    case 'conditional':
      return run(boxed.condition, scope) === true ? run(boxed.yes, scope) : run(boxed.no, scope)
    case 'every': {
      const list = run(boxed.in, scope)
      if (!Array.isArray(list)) return null
      return list.every((item) => run(boxed.each, { ...scope, [boxed.variable]: item as unknown }) === true)
    }
    case 'filter':
    case 'for':
    case 'some':
      return null
  }
}

function runContext({ entries }: BoxOf<'context'>, scope: Scope): unknown {
  const result: Scope = {}
  for (const { variable, value } of entries) {
    const found = run(value, { ...scope, ...result })
    if (!variable) return found
    result[variable.name] = found
  }
  return result
}

function passes(cell: string, value: unknown, scope: Scope): boolean {
  try {
    return unaryTest(cell, { ...scope, '?': value }).value === true
  } catch {
    return false
  }
}

function runTable({ inputs, outputs, rules, hitPolicy, aggregation }: Table, scope: Scope): unknown {
  const values = inputs.map(({ expression }) => textValue(expression, scope))
  const hits = rules
    .filter(({ when }) => when.every((cell, index) => passes(cell, values[index], scope)))
    .map(({ yields }) => yields.map((text) => textValue(text, scope)))
  const single = (hit: unknown[]): unknown =>
    outputs.length === 1 ? hit[0] : Object.fromEntries(outputs.map(({ name }, index) => [name, hit[index]]))
  const [first] = hits
  if (!first) {
    if (aggregation === 'count') return 0
    const fallback = outputs.map((output) => textValue(output.default ?? 'null', scope))
    return outputs.some((output) => output.default !== undefined) ? single(fallback) : null
  }
  const ranks = outputs.map((output) => (output.values ?? []).map((text) => textValue(text, scope)))
  const rank = (hit: unknown[]): number[] => hit.map((value, index) => ranks[index]?.indexOf(value) ?? 0)
  const sorted = hits.toSorted(
    (a, b) =>
      rank(a)
        .map((n, i) => n - (rank(b)[i] ?? 0))
        .find((n) => n !== 0) ?? 0,
  )
  switch (hitPolicy) {
    case 'unique':
      return hits.length > 1 ? null : single(first)
    case 'any':
      return hits.every((hit) => JSON.stringify(hit) === JSON.stringify(first)) ? single(first) : null
    case 'first':
      return single(first)
    case 'priority':
      return single(sorted[0] ?? first)
    case 'output order':
      return sorted.map(single)
    case 'rule order':
      return hits.map(single)
    case 'collect':
      return aggregated(hits.map(single), aggregation)
  }
}

function aggregated(values: unknown[], how: Table['aggregation']): unknown {
  const numbers = values as number[]
  if (how === 'count') return values.length
  if (how === 'sum') return numbers.reduce((a, b) => a + b, 0)
  if (how === 'min') return Math.min(...numbers)
  return how === 'max' ? Math.max(...numbers) : values
}
