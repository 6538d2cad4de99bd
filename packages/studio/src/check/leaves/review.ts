import { missing } from '../domain/domain.ts'
import { heard, interrupted, say, times, type Walker } from '../walk/room.ts'
import { asked, leave, purposes, told, type Walk } from '../walk/walk.ts'
import { given, mayBeGiven, renewed } from '../walk/writes.ts'

/** Yes, no, or another value for a field: then all is read back again. */
export const review: Walker<'review'> = (config, walk, room) => {
  const { domain } = room.program
  const keys = config.fields.map(({ key }) => key)
  const question = say(walk, config.say ?? {}, room)
  const reply = heard(question, config, room)
  const other = asked(told(reply, 'customer gives another value'), purposes.extract)
  const corrected = heard(say(renewed(mayBeGiven(domain, other, keys), keys), config.say ?? {}, room), config, room)
  let unclear: Walk = question
  for (let attempt = 1; attempt <= config.maxAttempts; attempt++) {
    unclear = heard(unclear, config, room)
    if (attempt < config.maxAttempts) unclear = say(unclear, config.say ?? {}, room)
  }
  // Who gives up on a correction leaves the field without a value.
  const open = (at: Walk): Walk =>
    keys.reduce((one, key) => given(domain, one, key, (_, before) => before | missing), at)
  return [
    ...[reply, corrected, unclear].map((at) => leave(told(at, 'customer says yes'), 'success', 'success', 'confirmed')),
    ...(config.leaves ? [leave(told(reply, 'customer says no'), 'failure', 'no')] : []),
    leave(open(told(unclear, `customer neither confirms nor corrects${times(config.maxAttempts)}`)), 'failure'),
    ...interrupted(question, config, room),
    ...interrupted(open(corrected), config, room),
  ]
}
