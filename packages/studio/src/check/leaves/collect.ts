import type { LeafConfig } from '@copse/contracts'
import { ask } from '../domain/ask.ts'
import { completeness } from '../leaf-data.ts'
import { heard, interrupted, say, times, type Room, type Walker } from '../walk/room.ts'
import { asked, leave, purposes, told, type Walk } from '../walk/walk.ts'
import { mayBeGiven, renewed } from '../walk/writes.ts'

/** Complete at once, from what is known or from the message that led here; else asks until it is, or gives up. */
export const collect: Walker<'collect'> = (config, walk, room) => {
  const json = completeness(config)
  if (json === undefined) return [leave(walk, 'success')]
  const { domain } = room.program
  const condition = room.program.condition(json)
  const keys = config.fields.map(({ key }) => key)
  const split = (at: Walk, holds: boolean): Walk[] =>
    ask(domain, condition, at.data)
      .filter((fork) => fork.holds === holds)
      .map(({ data }) => ({ ...at, data }))

  const canRead = walk.read !== undefined && !walk.read.has(room.leaf)
  const wasKnown = split(walk, false).length === 0
  const reading = canRead ? asked(mayBeGiven(domain, readBy(walk, room), keys), purposes.extract) : walk
  const atOnce = split(reading, true).map((one) =>
    leave(wasKnown ? one : told(one, `the message already holds the ${named(config)}`), 'success'),
  )
  const open = split(canRead ? asked(readBy(walk, room), purposes.extract) : walk, false).map((one) =>
    say(one, config.say, room),
  )
  const waiting = open.flatMap((one) => {
    const reply = (at: Walk): Walk =>
      renewed(mayBeGiven(domain, asked(heard(at, config, room), purposes.extract), keys), keys)
    let open = one
    let unhelped: Walk[] = []
    const answered: Walk[] = []
    const most = config.maxAttempts + partsOf(config) - 1
    for (let attempt = 1; attempt <= most; attempt++) {
      const replied = reply(open)
      if (attempt === 1 || attempt === most)
        answered.push(
          ...split(replied, true).map((at) => leave(told(at, `customer gives the ${named(config)}`), 'success')),
        )
      if (attempt === most) unhelped = split(replied, false)
      open = { ...replied, data: one.data }
      if (attempt < most) open = say(open, undefined, room)
    }
    const line =
      keys.length > 1
        ? `customer does not give all of it: ${named(config)}`
        : `customer gives nothing that helps${times(config.maxAttempts)}`
    const gaveUp = unhelped.map((at) => leave(told(at, line), 'failure'))
    return [...answered, ...gaveUp, ...interrupted(one, config, room)]
  })
  return [...atOnce, ...waiting]
}

/** Each of them may come in a reply of its own, before those that bring nothing count. */
const partsOf = ({ required, requiredAny }: LeafConfig<'collect'>): number =>
  Math.max(1, required.length + requiredAny.length)

const readBy = (walk: Walk, room: Room): Walk => ({ ...walk, read: new Set([...(walk.read ?? []), room.leaf]) })

function named({ fields, required, requiredAny }: LeafConfig<'collect'>): string {
  const title = (key: string): string => fields.find((field) => field.key === key)?.title ?? key
  const [first] = requiredAny
  const wanted = required.length > 0 ? required.map(title).join(' and ') : (first ?? []).map(title).join(' or ')
  return wanted === '' ? 'fields' : wanted
}
