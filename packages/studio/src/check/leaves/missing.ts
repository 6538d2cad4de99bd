import { exists } from '@copse/conditions'
import { ask } from '../domain/ask.ts'
import type { Walker } from '../walk/room.ts'
import { leave, type Walk } from '../walk/walk.ts'

const replies = new Set(['payload', 'number', 'title', 'keyword', 'value', 'classification', 'default'])

/** No call could run: reached by a reply, what is missing is collected, by one step after the other. */
export const missing: Walker<'missing'> = ({ askedBy }, walk, { program, from, by }) => {
  const asked = askedBy?.findIndex(({ step }) => step === from) ?? -1
  if (asked < 0 && !replies.has(by ?? '')) return [leave(walk, 'failure', 'missing_argument')]
  if (askedBy === undefined) return [leave(walk, 'failure', 'missing')]
  const { domain, condition } = program
  const left: Walk[] = []
  let known = [walk]
  for (const { exit, fields } of askedBy.slice(asked + 1))
    for (const field of fields)
      known = known.flatMap((one) =>
        ask(domain, condition(exists(field)), one.data).flatMap(({ holds, data }) => {
          if (holds) return [{ ...one, data }]
          left.push(leave({ ...one, data }, 'failure', exit))
          return []
        }),
      )
  return [...left, ...known.map((one) => leave(one, 'failure', 'missing_argument'))]
}
