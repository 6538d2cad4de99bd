import { noShape } from '../../expression/names.ts'
import { compileProgram } from '../../table/program.ts'
import { runTable } from '../../table/run.ts'
import { reportText, type BoxKind } from './box.ts'

export const table: BoxKind<'table'> = ({ table }, names, tools) => {
  const program = compileProgram(table, {
    names,
    lowering: tools.lowering,
    strict: false,
    allowance: tools.allowance,
    report: (fault) => reportText(tools, table, fault.path, fault),
  })
  const fields = new Map(table.outputs.map(({ name }) => [name ?? '', noShape]))
  return {
    shape: table.outputs.length > 1 ? { fields, item: { fields } } : noShape,
    weight: table.rules.length * Math.max(1, table.inputs.length),
    evaluate(env) {
      env.budget.take(table.rules.length)
      const { value, hits, problems, slow } = runTable(program, env)
      const rules = hits.map(({ rule }) => rule + 1)
      env.notes?.rules(tools.part, rules, slow)
      for (const problem of problems) env.notes?.problem({ ...problem, at: problem.at ?? tools.part })
      return value
    },
  }
}
