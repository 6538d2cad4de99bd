import { functions } from '../../functions/all.ts'
import { partOf } from '../../values/parts.ts'
import { isList, type Value } from '../../values/value.ts'
import type { Operator } from '../lowering.ts'

/** The functions of FEEL are names like any other, which a scope may use for something else. */
export const name: Operator<'name'> = ({ name }) => {
  const builtin = functions.get(name) ?? null
  return (env) => env.scope.get(name) ?? builtin
}

export const subject: Operator<'subject'> = () => (env) => env.subject

/** Of a list, the parts of its items. */
export const path: Operator<'path'> = ({ of, name }, to) => {
  const target = to.expression(of)
  return (env) => {
    const value = target(env)
    if (!isList(value)) return partOf(value, name)
    env.budget.take(value.length)
    return value.map((item): Value => partOf(item, name))
  }
}
