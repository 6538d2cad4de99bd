import { acceptAs } from '../table/column-types.ts'
import type { InputColumn, OutputColumn, Program } from '../table/program.ts'
import { rankOf } from '../table/program.ts'
import { kindOf } from '../values/value.ts'
import { constantOf, constantsOf } from './constants.ts'
import type { Finding } from './finding.ts'

/** Constants that their column does not allow. */
export function findWrongTypes(program: Program): Finding[] {
  const { rules, inputs, outputs } = program
  return [
    ...inputs.flatMap((column, index) => mixed(column, index, program)),
    ...rules.flatMap(({ when }, rule) =>
      when.flatMap(({ tree }, index): Finding[] => {
        const column = inputs[index] as InputColumn
        const { type } = column.spec
        const wrong = (constantsOf(tree) ?? []).find(
          (value) => value !== null && type !== 'any' && kindOf(value) !== type,
        )
        if (wrong === undefined) return []
        const message = `Rule ${rule + 1} compares "${column.label}", a ${type}, with a ${kindOf(wrong)}.`
        return [{ code: 'wrong_type', message, rules: [rule + 1], path: `rules.${rule}.when.${index}` }]
      }),
    ),
    ...rules.flatMap(({ yields }, rule) =>
      yields.flatMap(({ tree }, index) => {
        const value = constantOf(tree)
        return value === undefined || value === null
          ? []
          : outputFinding(outputs[index] as OutputColumn, value, rule, index)
      }),
    ),
    ...priorities(program),
  ]
}

function outputFinding(
  column: OutputColumn,
  value: NonNullable<ReturnType<typeof constantOf>>,
  rule: number,
  index: number,
): Finding[] {
  const at = { rules: [rule + 1], path: `rules.${rule}.yields.${index}` }
  const { type } = column.spec
  const accepted = acceptAs(type, value)
  if (accepted === undefined) {
    const message = `Rule ${rule + 1} gives "${column.label}", a ${type}, a ${kindOf(value)}.`
    return [{ code: 'wrong_type', message, ...at }]
  }
  if (!column.values || rankOf(column, accepted, () => undefined) < Infinity) return []
  const message = `Rule ${rule + 1} gives "${column.label}" a value that is not in its list of values.`
  return [{ code: 'value_not_listed', message, ...at }]
}

function mixed(column: InputColumn, index: number, { rules }: Program): Finding[] {
  if (column.spec.type !== 'any') return []
  const constants = rules.flatMap(({ when }) => constantsOf(when[index]?.tree ?? []) ?? [])
  const kinds = [...new Set(constants.map(kindOf))].filter((kind) => kind !== 'null')
  if (kinds.length < 2) return []
  const message = `Cells of "${column.label}" are about values of different kinds: ${kinds.join(', ')}. Give it a type.`
  return [{ code: 'mixed_types', message, rules: [] }]
}

function priorities({ table, outputs }: Program): Finding[] {
  const needs = table.hitPolicy === 'priority' || table.hitPolicy === 'output order'
  if (!needs || outputs.some(({ values }) => values)) return []
  const message = `The hit policy ${table.hitPolicy} needs an output with a list of values, the most important first.`
  return [{ code: 'no_priorities', message, rules: [] }]
}
