import { noShape } from '../../expression/names.ts'
import { readExpression } from '../../expression/read.ts'
import { weightOf } from '../../expression/weight.ts'
import { Refusal } from '../../refusal.ts'
import { shapeOfExpr } from '../shapes.ts'
import { reportText, type BoxKind, type CompiledBoxed } from './box.ts'

/** A text that nobody understands is null, and is reported. */
export const text: BoxKind<'text'> = (boxed, names, tools) => {
  try {
    const { tree } = readExpression(boxed.text, names, { allowance: tools.allowance })
    return { evaluate: tools.lowering.expression(tree), shape: shapeOfExpr(tree, names), weight: weightOf(tree) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    reportText(tools, boxed, '', error)
    return broken(tools.part)
  }
}

function broken(part: string): CompiledBoxed {
  const problem = { code: 'expression_invalid' as const, message: `"${part}" holds text that is no FEEL.`, at: part }
  return {
    shape: noShape,
    weight: 1,
    evaluate(env) {
      env.notes?.problem(problem)
      return null
    },
  }
}
