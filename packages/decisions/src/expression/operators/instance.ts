import type { Operator } from '../lowering.ts'

export const instance: Operator<'instance'> = ({ of, type }, to) => {
  const value = to.expression(of)
  const fits = to.type(type)
  return (env) => fits.holds(value(env), env)
}
