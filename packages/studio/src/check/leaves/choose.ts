import { heard, interrupted, say, times, type Walker } from '../walk/room.ts'
import { asked, leave, purposes, told, type Walk } from '../walk/walk.ts'

/** Waits for one of the options, however it is named. */
export const choose: Walker<'choose'> = (config, walk, room) => {
  const reply = asked(heard(walk, config, room), purposes.classify)
  const chosen = config.options.flatMap(({ title, exit, keywords }) => {
    const tapped = leave(told(reply, `customer chooses "${title}"`), 'success', exit, 'payload')
    if (!room.looks(exit)) return [tapped]
    const written = leave(told(reply, `customer writes "${keywords[0] ?? title}"`), 'success', exit, 'keyword')
    return [
      tapped,
      written,
      leave(told(reply, `the model takes the reply for "${title}"`), 'success', exit, 'classification'),
    ]
  })
  let unclear: Walk = walk
  for (let attempt = 1; attempt <= config.maxAttempts; attempt++) {
    unclear = asked(heard(unclear, config, room), purposes.classify)
    if (attempt < config.maxAttempts) unclear = say(unclear, undefined, room)
  }
  const line = `customer names none of the options${times(config.maxAttempts)}`
  const gaveUp =
    config.otherwise === undefined
      ? leave(told(unclear, line), 'failure')
      : leave(told(unclear, line), 'success', config.otherwise, 'default')
  // The longest way to an option: it is named in the last reply.
  const late = config.options.map(({ title, exit }) =>
    leave(told(unclear, `customer chooses "${title}"`), 'success', exit, 'payload'),
  )
  return [...chosen, ...late, gaveUp, ...interrupted(walk, config, room)]
}
