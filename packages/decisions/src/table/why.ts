import { BudgetSpent } from '../budget.ts'
import { toJson } from '../values/json.ts'
import type { Env } from '../values/value.ts'
import type { Why, WhyRule } from './outcome.ts'
import type { Program } from './program.ts'
import { inputValue, named } from './run.ts'

/** Everything that was asked, and what the answers were. Where the steps ran out it ends. */
export function whyOf(program: Program, outer: Env): Why {
  const inputs: Why['inputs'] = []
  const rules: WhyRule[] = []
  try {
    const values = program.inputs.map((column) => {
      const value = inputValue(column, outer, [])
      inputs.push({ label: column.label, value: toJson(value, outer.budget.take) })
      return value
    })
    const env = named(program, values, outer)
    for (const [index, { when }] of program.rules.entries()) {
      const { id, when: texts } = program.table.rules[index] ?? { when: [] }
      const cells = when.map(({ matches, beyond }, column): WhyRule['cells'][number] => {
        const holds = matches(values[column] ?? null, env)
        return { text: texts[column] ?? '', holds, ...(beyond && { beyond }) }
      })
      const matched = cells.every(({ holds }) => holds === true)
      rules.push({ rule: index + 1, ...(id !== undefined && { id }), matched, cells })
    }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
  }
  return { inputs, rules }
}
