import { Fault } from '@copse/contracts'

/** A number as typed for `name`; undefined when it was not. */
export function countOf(name: string, typed: unknown, most = Infinity): number | undefined {
  if (typeof typed !== 'string') return undefined
  const count = Number(typed)
  if (/^\d+$/.test(typed) && count >= 1 && count <= most) return count
  const range = most === Infinity ? 'a number' : `a number from 1 to ${most}`
  throw new Fault('config_invalid', { detail: `${name} is ${range}, not "${typed}".` })
}
