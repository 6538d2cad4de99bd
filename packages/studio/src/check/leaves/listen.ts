import type { LeafConfig } from '@copse/contracts'
import { missing, type Mask } from '../domain/domain.ts'
import { isFor, isUnseen, messagesFor, type Message } from '../messages.ts'
import { decide, heard, interrupted, say, type Room, type Walker } from '../walk/room.ts'
import { asked, leave, purposes, told, type Walk } from '../walk/walk.ts'
import { given } from '../walk/writes.ts'
import { because } from './decide.ts'
import { brought } from './brought.ts'

type Config = LeafConfig<'listen'>
type Transition = Config['transitions'][number]

/** The exit of a state that has understood nothing and waits on. */
export const staysExit = '$stays'

/** Goes on at once, or waits: then each kind of message takes the first transition that it is for and that holds. */
export const listen: Walker<'listen'> = (config, walk, room) => {
  const { taken, open } = through(walk, config, room, ({ always }) => always === true)
  return [
    ...taken.map(({ walk: at, transition }) => onward(at, config, transition, undefined, room)),
    ...open.flatMap((one) => replied(config, one, room)),
  ]
}

/** The first transition of a kind that holds, for all that may be known; `open` is where none does. */
function through(
  walk: Walk,
  { transitions }: Config,
  room: Room,
  isMeant: (transition: Transition) => boolean,
): { taken: { walk: Walk; transition: Transition }[]; open: Walk[] } {
  const taken: { walk: Walk; transition: Transition }[] = []
  let open = [walk]
  transitions.forEach((transition, at) => {
    if (!isMeant(transition) || open.length === 0) return
    const { when } = transition
    const forks = open.flatMap((one) =>
      when === undefined ? [{ holds: true, walk: one }] : decide(room.program.condition(when), one, room),
    )
    const held = forks.filter(({ holds }) => holds)
    if (held.length > 0) room.notes.branch(room.stage, at)
    taken.push(
      ...held.map((fork) => ({
        walk: when === undefined ? fork.walk : because(fork.walk, walk, room, when),
        transition,
      })),
    )
    open = forks.filter(({ holds }) => !holds).map((fork) => fork.walk)
  })
  return { taken, open }
}

function replied(config: Config, walk: Walk, room: Room): Walk[] {
  const { transitions, fallback } = config
  const { offered } = room.program
  const here = offered.get(room.stage) ?? []
  const decides = transitions.some(({ always }) => always)
  const hearsWords = transitions.some((transition) => isFor(transition, { type: 'text', story: '' }))
  // Whoever is here has nothing to tap and nothing to say.
  if (decides && here.length === 0 && !hearsWords && fallback === undefined)
    room.notes.gap(room.stage, because(walk, walk, room))
  const ways = messagesOf(config, room).flatMap((message) => {
    const reply = hearing(told(heard(walk, config, room), message.story), message, room)
    const { taken, open } = through(reply, config, room, (transition) => isFor(transition, message))
    const isMeant = message.offered === 'here' && transitions.some((transition) => isFor(transition, message))
    if (open[0] && isMeant && fallback === undefined) room.notes.gap(room.stage, because(open[0], reply, room))
    const left = [
      ...taken.map((one) => onward(one.walk, config, one.transition, message, room)),
      ...open.map((one) => unmatched(config, one, message, room)),
    ]
    return isUnseen(message, walk.isListEmpty) ? left.map(unseen) : left
  })
  if (ways.every(({ left }) => left?.unseen || left?.exit === staysExit)) room.notes.stuck(room.stage, walk)
  return [...ways, ...interrupted(walk, config, room)]
}

const known = new WeakMap<Config, Message[]>()

function messagesOf(config: Config, { program: { offered }, stage }: Room): Message[] {
  const found = known.get(config) ?? messagesFor(config, stage, offered)
  known.set(config, found)
  return found
}

const unseen = (walk: Walk): Walk => (walk.left ? { ...walk, left: { ...walk.left, unseen: true } } : walk)

/** Nothing here is for it. Words may be for what can be said at any time: a model is asked once. */
function unmatched({ fallback }: Config, walk: Walk, { type }: Message, room: Room): Walk {
  const read = type === 'text' ? asked(walk, purposes.classify) : walk
  if (fallback !== undefined) return leave(read, 'success', fallback)
  return leave(say(read, {}, room), 'success', staysExit)
}

type Part = (all: Mask, cell: (value: string) => Mask) => Mask
const whole: Part = (all) => all
const perhaps: Part = (all) => all | missing
const none: Part = () => missing

/** What is known of the message that was just heard. */
function hearing(walk: Walk, { type, payload, offered }: Message, { program: { domain } }: Room): Walk {
  const isTap = type === 'payload'
  const parts: Record<string, Part> = {
    type: (_, cell) => cell(type),
    text: type === 'text' || offered === 'here' || offered === 'list' ? whole : perhaps,
    payload: !isTap ? none : payload === undefined ? whole : (_, cell) => cell(payload),
    title: isTap && offered !== 'elsewhere' ? whole : none,
    media_id: type === 'media' ? whole : none,
    media_type: type === 'media' ? whole : none,
  }
  return Object.entries(parts).reduce((at, [part, maskOf]) => {
    const field = domain.field(`message.${part}`)
    if (!field) return at
    const mask = maskOf(field.all & ~missing, (value) => domain.cellOf(field, value))
    return given(domain, at, field.path, () => mask)
  }, walk)
}

/** What a transition brings is known before its target is entered. */
function onward(
  walk: Walk,
  { expands }: Config,
  transition: Transition,
  message: Message | undefined,
  room: Room,
): Walk {
  return leave(brought(walk, transition, message?.payload, expands ?? {}, room), 'success', transition.exit)
}
