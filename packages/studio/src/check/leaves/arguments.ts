import { exists } from '@copse/conditions'
import type { OperationManifest } from '@copse/contracts'
import { ask } from '../domain/ask.ts'
import { templatesIn } from '../leaf-data.ts'
import { reads, type Room, type Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'

type Config = Parameters<Walker<'call'>>[0]

/** Where what it needs is known, and where something is lacking. */
export function withArguments(
  config: Config,
  operation: OperationManifest,
  walk: Walk,
  room: Room,
): { known: Walk[]; lacking: Walk[] } {
  for (const { source, template } of config.arguments)
    for (const name of source === undefined ? templatesIn(template) : [source]) reads(name, walk, room)
  const { domain, condition } = room.program
  let known = [walk]
  const lacking: Walk[] = []
  const need = (source: string, exit: string, line: string | undefined): void => {
    known = known.flatMap((one) =>
      ask(domain, condition(exists(source)), one.data).flatMap(({ holds, data }) => {
        if (holds) return [{ ...one, data }]
        lacking.push(leave(told({ ...one, data }, ...(line === undefined ? [] : [line])), 'failure', exit))
        return []
      }),
    )
  }
  for (const { param, source } of config.arguments)
    if (source !== undefined && operation.params[param]?.required === true)
      need(source, 'missing_argument', `${operation.name} lacks its "${param}"`)
  if (operation.customer !== undefined) need('customer_id', 'not_identified', 'nobody knows who the customer is')
  return { known, lacking }
}

/** The write, and that it was done with these arguments. Where a natural key or a yes stands before it, once more is meant. */
export function remembered(config: Config, operation: OperationManifest, walk: Walk, room: Room): Walk {
  if (operation.effect === 'read' || operation.naturalKey !== undefined) return walk
  const key = JSON.stringify([operation.name, config.arguments])
  if (walk.done.has(key) && !walk.agreed) room.notes.repeat(room.stage, operation.name, walk)
  const sources = config.arguments
    .flatMap(({ source, template }) => (source === undefined ? templatesIn(template) : [source]))
    .map(room.program.resolve)
  return { ...walk, done: new Map([...walk.done, [key, sources]]) }
}
