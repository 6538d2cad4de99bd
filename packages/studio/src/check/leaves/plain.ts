import type { LeafConfig } from '@copse/contracts'
import { say as speak, type Room, type Walker } from '../walk/room.ts'
import { leave, type Walk } from '../walk/walk.ts'

/** Leaves that speak, if they have words, and go on. */
export const say: Walker<'say'> = (config, walk, room) => [leave(speak(walk, config.say, room), 'success')]

/** The end is the end, also where a step was to go back to another. */
export const end: Walker<'end'> = (config, walk, room) => [leave(withWords(config, walk, room), 'success', 'end')]
export const handoff: Walker<'handoff'> = (config, walk, room) => [leave(withWords(config, walk, room), 'success')]

const withWords = (
  { say: texts, instruction }: Pick<LeafConfig<'end'>, 'say' | 'instruction'>,
  walk: Walk,
  room: Room,
): Walk => (texts === undefined && instruction === undefined ? walk : speak(walk, texts, room))
