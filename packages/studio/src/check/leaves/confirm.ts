import { heard, interrupted, say, times, type Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'

/** Asks for a yes when the stage was entered in one of the ways named; else goes on without a word. */
export const confirm: Walker<'confirm'> = (config, walk, room) => {
  const by = room.by ?? 'flow'
  const isNeeded =
    by === 'silence' ||
    config.entered.some((way) => way === 'always' || way === by || (way === 'keyword' && by === 'value'))
  if (!isNeeded) return [leave(walk, 'success')]
  const question = say(walk, config.say ?? {}, room)
  const reply = heard(question, config, room)
  let unclear: Walk = question
  for (let attempt = 1; attempt <= config.maxAttempts; attempt++) {
    unclear = heard(unclear, config, room)
    if (attempt < config.maxAttempts) unclear = say(unclear, {}, room)
  }
  return [
    agreed(reply),
    agreed(unclear),
    leave(told(reply, 'customer declines'), 'failure', 'declined'),
    leave(told(unclear, `customer says neither yes nor no${times(config.maxAttempts)}`), 'failure'),
    ...interrupted(question, config, room),
  ]
}

const agreed = (at: Walk): Walk => leave(told({ ...at, agreed: true }, 'customer confirms'), 'success')
