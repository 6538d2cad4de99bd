import { noShape } from '../../expression/names.ts'
import { collecting, deciding, type Loop } from '../../expression/operators/iteration.ts'
import { combined, type BoxKind } from './box.ts'

export const conditional: BoxKind<'conditional'> = (boxed, names, tools, compile) => {
  const condition = compile(boxed.condition, names, tools)
  const yes = compile(boxed.yes, names, tools)
  const no = compile(boxed.no, names, tools)
  return combined([condition, yes, no], (env) => (condition.evaluate(env) === true ? yes : no).evaluate(env), yes.shape)
}

export const loop: BoxKind<'for' | 'some' | 'every'> = (boxed, names, tools, compile) => {
  const source = compile(boxed.in, names, tools)
  const inner = new Map([...names, [boxed.variable, source.shape.item ?? noShape] as const])
  if (boxed.box === 'for') inner.set('partial', noShape)
  const { evaluate, weight, shape } = compile(boxed.each, inner, tools)
  const loops: Loop[] = [{ name: boxed.variable, from: source.evaluate, to: undefined }]
  if (boxed.box === 'for') return combined([source], collecting(loops, evaluate, weight), { item: shape })
  return combined([source], deciding(boxed.box === 'some', loops, evaluate, weight))
}
