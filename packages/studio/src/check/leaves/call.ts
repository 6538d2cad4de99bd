import type { OperationManifest } from '@copse/contracts'
import { decide, heard, interrupted, say, type Room, type Walker } from '../walk/room.ts'
import { leave, spoke, told, type Walk } from '../walk/walk.ts'
import { scopedIn } from '../leaf-data.ts'
import { remembered, withArguments } from './arguments.ts'
import { plainCall } from './plain-call.ts'
import { unset, withdrawn, writtenByTool } from '../walk/writes.ts'

type Config = Parameters<Walker<'call'>>[0]

/** Not identified, unavailable, uncertain, no, yes, or several matches to choose among. */
export const call: Walker<'call'> = (config, walk, room) => {
  const operation = scopedIn(room.program.operations[config.operation], config.scope)
  if (!operation) return [leave(walk, 'failure', 'unavailable')]
  if (config.plain) return plainCall(config, operation, walk, room)
  const { known, lacking } = withArguments(config, operation, walk, room)
  return [
    ...lacking,
    ...known.flatMap((one) => {
      const answers = (word: string): Walk => told(one, `${operation.name} ${word}`)
      const unreachable = leave(answers('cannot be reached'), 'failure', 'unavailable')
      const unsure = leave(answers('gives no answer, so that nobody knows whether it was done'), 'failure', 'uncertain')
      return [
        ...succeeded(config, operation, answers('answers: yes'), room),
        refused(config, operation, answers('answers: no'), room),
        unreachable,
        ...(operation.effect === 'read' ? [] : [unsure]),
        ...(operation.options ? several(config, operation, one, room) : []),
      ]
    }),
  ]
}

function succeeded(config: Config, operation: OperationManifest, walk: Walk, room: Room): Walk[] {
  const { domain, condition } = room.program
  const before = remembered(config, operation, walk, room)
  const roots = [
    ...(config.resultKey === undefined ? [] : [config.resultKey]),
    ...operation.writes.map(({ field }) => field),
  ]
  const written = roots.reduce((at, root) => writtenByTool(domain, at, root), before)
  const spoken = (at: Walk): Walk => (config.say === undefined ? summarised(at, operation) : say(at, config.say, room))
  if (config.successWhen === undefined) return [leave(spoken(written), 'success')]
  return decide(condition(config.successWhen), written, room).map(({ holds, walk: at }) =>
    holds ? leave(spoken(at), 'success') : refused(config, operation, told(at, 'but not with success'), room),
  )
}

/** What this operation says of itself, in the longest of its languages; nothing when it says nothing. */
function summarised(walk: Walk, { summary }: OperationManifest): Walk {
  const texts = Object.entries(summary).flatMap(([language, { ok }]) =>
    ok === undefined ? [] : [[language, ok] as const],
  )
  return texts.length === 0 ? walk : spoke(walk, Object.fromEntries(texts))
}

function refused(config: Config, operation: OperationManifest, walk: Walk, room: Room): Walk {
  const { domain, resolve } = room.program
  const sources = config.arguments.flatMap(({ source }) => (source === undefined ? [] : [resolve(source)]))
  const open = sources.reduce((at, source) => withdrawn(domain, at, source), walk)
  const isGiven = (root: string): boolean => sources.includes(root) && (domain.field(root)?.writers.customer ?? false)
  const written = operation.writes.map(({ field }) => field).filter((field) => !isGiven(field))
  const roots = config.resultKey === undefined ? written : [...written, config.resultKey]
  return leave(
    roots.reduce((at, root) => unset(domain, at, root), open),
    'failure',
    'no',
  )
}

function several(config: Config, operation: OperationManifest, walk: Walk, room: Room): Walk[] {
  const offered = spoke(told(walk, `${operation.name} finds several`), undefined)
  const reply = heard(offered, config, room)
  const { domain } = room.program
  const chosen = operation.writes.reduce(
    (at, { field }) => writtenByTool(domain, at, field),
    told({ ...reply, chosen: true }, 'customer chooses one of them'),
  )
  const whole = config.resultKey === undefined ? chosen : writtenByTool(domain, chosen, config.resultKey)
  return [
    leave(whole, 'success'),
    refused(config, operation, told(reply, 'customer wants none of them'), room),
    ...interrupted(offered, config, room),
  ]
}
