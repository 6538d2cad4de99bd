import { missing } from '../domain/domain.ts'
import { placeholdersIn } from '../leaf-data.ts'
import { holes, reads, say, type Room, type Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'
import { given } from '../walk/writes.ts'

/** Options of the author, or a list that may be empty. */
export const offer: Walker<'offer'> = (config, walk, room) => {
  const { options, from = '' } = config
  if (options !== undefined) {
    for (const { id, title, titles, description } of options) {
      for (const name of placeholdersIn(id)) reads(name, walk, room)
      holes(walk, [...Object.values(titles ?? { title }), description ?? ''], room)
    }
    return [leave(say(walk, config.say ?? {}, room), 'success')]
  }
  reads(from, walk, room)
  const field = room.program.domain.field(room.program.resolve(from))
  const mask = field ? walk.data[field.index]! : undefined
  const none = empty(walk, from, room).map((one) => leave(say(one, config.whenEmpty ?? {}, room), 'success'))
  if (!field || mask === missing) return none
  const some = given(room.program.domain, walk, field.path, (each, before) =>
    each === field ? before & ~missing : before,
  )
  return [leave(say(some, config.say ?? {}, room), 'success'), ...none]
}

/** Then whatever counts it is zero; nothing where it is known to be more. */
function empty(walk: Walk, from: string, { program: { domain, resolve } }: Room): Walk[] {
  const around = from.split('.').slice(0, -1).join('.')
  const counts = [from, around].flatMap((path) => (path === '' ? [] : (domain.field(`${resolve(path)}.count`) ?? [])))
  const none = counts.reduce(
    (at, count) =>
      at.data[count.index] === missing
        ? at
        : given(domain, at, count.path, (_, before) => before & domain.cellOf(count, '0')),
    walk,
  )
  if (counts.some(({ index }) => none.data[index] === 0n)) return []
  return [{ ...told(none, 'there is nothing to choose from'), isListEmpty: true }]
}
