import { heard, interrupted, say, times, type Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'
import { unset } from '../walk/writes.ts'

/** Yes goes on; no, or another value, withdraws what the call used and wrote. */
export const pause: Walker<'pause'> = (config, walk, room) => {
  if (walk.chosen) return [leave(walk, 'success')]
  const { domain, resolve } = room.program
  const question = say(walk, config.say, room)
  const reply = heard(question, config, room)
  let unclear: Walk = question
  for (let attempt = 1; attempt <= config.maxAttempts; attempt++) {
    unclear = heard(unclear, config, room)
    if (attempt < config.maxAttempts) unclear = say(unclear, config.say ?? {}, room)
  }
  const withdrawn = config.uses.reduce(
    (at, name) => unset(domain, at, resolve(name)),
    told(reply, 'customer says no, or gives another value'),
  )
  return [
    leave(told(reply, 'customer says yes'), 'success'),
    leave(told(unclear, 'customer says yes'), 'success'),
    leave(withdrawn, 'failure', 'correct'),
    leave(told(unclear, `customer says neither yes nor no${times(config.maxAttempts)}`), 'failure'),
    ...interrupted(question, config, room),
  ]
}
