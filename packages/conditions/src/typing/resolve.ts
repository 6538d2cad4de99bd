import { describeType, enumerate, type FieldType, type Schema } from './field-type.ts'
import type { Misuse } from './misuse.ts'
import { nearest } from './nearest.ts'

const index = /^\d+$/

/** What a path leads to, or why it leads nowhere. */
export function resolve(path: string, schema: Schema): { type: FieldType } | { misuse: Misuse } {
  let type: FieldType = { object: schema }
  const walked: string[] = []
  for (const name of path.split('.')) {
    if (type === 'any') return { type }
    const next = partOf(type, name)
    if (next === undefined) return { misuse: unknown(path, walked.join('.'), type, name) }
    walked.push(name)
    type = next
  }
  return { type }
}

/** Own names only: a schema comes from outside, and `constructor` is no field. */
function partOf(type: FieldType, name: string): FieldType | undefined {
  if (typeof type === 'string') return undefined
  if ('list' in type) return index.test(name) ? type.list : undefined
  return 'object' in type && Object.hasOwn(type.object, name) ? type.object[name] : undefined
}

function unknown(field: string, parent: string, type: FieldType, name: string): Misuse {
  const code = 'unknown_field'
  const at = parent === '' ? '' : `${parent}.`
  if (typeof type === 'object' && 'object' in type) {
    const names = Object.keys(type.object)
    const meant = nearest(name, names)
    const known =
      names.length === 0 ? 'Nothing is declared here.' : `Known are ${enumerate(names.map((one) => at + one))}.`
    const message = parent === '' ? `There is no field \`${field}\`.` : `\`${parent}\` has no part \`${name}\`.`
    return { code, field, message, fix: meant === undefined ? known : `Did you mean \`${at}${meant}\`?` }
  }
  const fix = describeType(type) === 'a list' ? `Its items are \`${at}0\`, \`${at}1\`, …` : `Write \`${parent}\`.`
  return { code, field, message: `\`${parent}\` is ${describeType(type)} and has no part \`${name}\`.`, fix }
}
