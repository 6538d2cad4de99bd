import { heard, interrupted, say, type Room, type Walker } from '../walk/room.ts'
import { asked, leave, purposes, told, type Walk } from '../walk/walk.ts'
import { given } from '../walk/writes.ts'

/** A model chooses a label, or none: then the customer is asked once. */
export const classify: Walker<'classify'> = (config, walk, room) => {
  const understood = asked(walk, purposes.classify)
  const none = say(told(understood, 'the model chooses none of the labels'), config.say, room)
  const reply = asked(heard(none, config, room), purposes.classify)
  return [
    ...labelled(understood, config, room, 'classification', (label) => `the model chooses: ${label}`),
    ...labelled(reply, config, room, 'payload', (label) => `customer chooses: ${label}`),
    leave(told(reply, 'customer names none of them either'), 'failure'),
    ...interrupted(none, config, room),
  ]
}

function labelled(
  walk: Walk,
  config: Parameters<typeof classify>[0],
  room: Room,
  by: string,
  line: (label: string) => string,
): Walk[] {
  const { domain } = room.program
  return config.labels.map(({ id, exit }) => {
    const chosen = told(walk, line(id))
    const written =
      config.resultKey === undefined
        ? chosen
        : given(domain, chosen, config.resultKey, (field) => domain.cellOf(field, id) & field.byCustomer)
    return leave(written, 'success', exit, by)
  })
}
