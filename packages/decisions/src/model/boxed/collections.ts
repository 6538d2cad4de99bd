import { noShape } from '../../expression/names.ts'
import { choosing } from '../../expression/operators/collections.ts'
import { newContext } from '../../values/value.ts'
import { combined, type BoxKind } from './box.ts'

export const list: BoxKind<'list'> = ({ items }, names, tools, compile) => {
  const parts = items.map((item) => compile(item, names, tools))
  return combined(parts, (env) => parts.map(({ evaluate }) => evaluate(env)), { item: parts[0]?.shape ?? noShape })
}

/** A list of contexts, drawn as a grid. */
export const relation: BoxKind<'relation'> = ({ columns, rows }, names, tools, compile) => {
  const cells = rows.map((row) => row.map((cell) => compile(cell, names, tools)))
  const fields = new Map(columns.map((column) => [column, noShape]))
  return combined(
    cells.flat(),
    (env) =>
      cells.map((row) => {
        const context = newContext()
        for (const [index, column] of columns.entries()) context[column] = row[index]?.evaluate(env) ?? null
        return context
      }),
    { item: { fields } },
  )
}

export const filter: BoxKind<'filter'> = (boxed, names, tools, compile) => {
  const source = compile(boxed.in, names, tools)
  const item = source.shape.item ?? noShape
  const match = compile(boxed.match, new Map([...names, ...(item.fields ?? []), ['item', item]]), tools)
  return combined([source], choosing(source.evaluate, match.evaluate, match.weight, true), source.shape)
}
