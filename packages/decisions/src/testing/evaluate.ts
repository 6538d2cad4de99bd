import { Budget } from '../budget.ts'
import { ContextScope } from '../expression/env.ts'
import { createLowering } from '../expression/lower.ts'
import { namesFrom, noShape, type Names, type Shape } from '../expression/names.ts'
import { readCell, readExpression } from '../expression/read.ts'
import { textOf } from '../values/text.ts'
import { isContext, isList, type Context, type Env, type Value } from '../values/value.ts'

export const envOf = (data: Context = {}, nowMs?: number, steps?: number): Env => ({
  scope: new ContextScope(data),
  budget: new Budget(steps),
  subject: null,
  nowMs,
})

export function shapeOf(value: Value): Shape {
  if (isList(value)) return { item: shapeOf(value[0] ?? null) }
  return isContext(value) ? { fields: namesOf(value) } : noShape
}

export const namesOf = (data: Context): Names =>
  new Map(Object.entries(data).map(([name, one]) => [name, shapeOf(one)]))

export const valueOf = (text: string, data: Context = {}, nowMs?: number): Value =>
  createLowering().expression(readExpression(text, namesOf(data)).tree)(envOf(data, nowMs))

/** What an expression comes to, written as FEEL writes it. */
export const show = (text: string, data: Context = {}, nowMs?: number): string =>
  textOf(valueOf(text, data, nowMs), () => undefined, true)

/** Does the value pass the cell? */
export const test = (cell: string, value: Value, data: Context = {}): boolean | null =>
  createLowering().cell(readCell(cell, namesFrom(Object.keys(data))).tree)(value, envOf(data))
