import { describe } from '../domain/domain.ts'
import { decide as test, type Room, type Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'

/** The first branch that holds; each way knows by which values. */
export const decide: Walker<'decide'> = (config, walk, room) => {
  const { condition } = room.program
  const ways: Walk[] = []
  let open = [walk]
  config.branches.forEach(({ when, exit }, at) => {
    const asked = condition(when)
    const forks = open.flatMap((one) => test(asked, one, room))
    if (forks.some(({ holds }) => holds)) room.notes.branch(room.stage, at)
    for (const fork of forks)
      if (fork.holds) ways.push(leave(because(fork.walk, walk, room, when), 'success', exit, 'condition'))
    open = distinct(forks.filter(({ holds }) => !holds).map((fork) => fork.walk))
  })
  for (const one of open) {
    const last = because(one, walk, room)
    if (config.otherwise !== undefined) ways.push(leave(last, 'success', config.otherwise, 'condition'))
    else {
      if (room.isLast) room.notes.gap(room.stage, last)
      ways.push(leave(last, 'failure'))
    }
  }
  return ways
}

/** The fields that this decision looked at, with what they turned out to be. */
export function because(walk: Walk, before: Walk, room: Room, when?: unknown): Walk {
  const { fields } = room.program.domain
  const found = fields.filter(({ index }) => walk.data[index] !== before.data[index])
  const values = found.map((field) => `${field.path} is ${describe(field, walk.data[field.index]!)}`)
  if (values.length > 0) return told(walk, `${room.stage}: ${values.join(', ')}`)
  return when === undefined ? told(walk, `${room.stage}: no condition holds`) : walk
}

const distinct = (walks: Walk[]): Walk[] => {
  const seen = new Set<string>()
  return walks.filter(({ data }) => {
    const key = data.join()
    return !seen.has(key) && seen.add(key)
  })
}
