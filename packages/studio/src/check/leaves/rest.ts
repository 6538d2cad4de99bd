import { corrected, reads, say, type Walker } from '../walk/room.ts'
import { leave, told, waited, type Walk } from '../walk/walk.ts'

/** Waits for a time. Who writes before is answered, or leads on where the author says so. */
export const rest: Walker<'rest'> = (config, walk, room) => {
  const { when } = config
  const spoken =
    config.say === undefined && config.instruction === undefined ? say(walk, {}, room) : say(walk, config.say, room)
  const over = told(waited(spoken, undefined, 0), 'the time comes')
  const unread = (line: string): Walk => ({ ...told(waited(spoken, room.leaf, 0), line), read: new Set<string>() })
  const ways = [
    leave(over, 'success'),
    leave(unread('customer asks for a person before'), 'failure', 'person'),
    ...corrected(spoken, {}, room),
    ...(config.leaves ? [leave(unread('customer writes before'), 'success', 'message', 'message')] : []),
  ]
  if ('forMs' in when) return ways
  reads(when.until, walk, room)
  return [
    ...ways,
    leave(told(walk, 'the time is past'), 'success'),
    leave(told(walk, `"${when.until}" holds no time`), 'failure'),
  ]
}
