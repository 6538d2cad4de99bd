import type { OperationManifest } from '@copse/contracts'
import { decide, type Room, type Walker } from '../walk/room.ts'
import { leave, told, type Walk } from '../walk/walk.ts'
import { writtenByTool } from '../walk/writes.ts'
import { remembered, withArguments } from './arguments.ts'

type Config = Parameters<Walker<'call'>>[0]

/** The call of a flow: what it found is data, it says nothing, and whatever goes wrong goes one way. */
export function plainCall(config: Config, operation: OperationManifest, walk: Walk, room: Room): Walk[] {
  const { domain, condition } = room.program
  const onError = config.plain?.onError
  const failed = (at: Walk, exit: string): Walk =>
    onError === undefined ? leave(at, 'failure', exit) : leave(at, 'failure', onError, 'error')
  const { known, lacking } = withArguments(config, operation, walk, room)
  const lacks = lacking.map((one) => failed(one, one.left?.exit ?? 'failure'))
  const answered = known.flatMap((one) => {
    const answers = (word: string): Walk => told(one, `${operation.name} ${word}`)
    const roots = [
      ...(config.resultKey === undefined ? [] : [config.resultKey]),
      ...operation.writes.map(({ field }) => field),
    ]
    const written = roots.reduce(
      (at, root) => writtenByTool(domain, at, root),
      remembered(config, operation, answers('answers: yes'), room),
    )
    const succeeded =
      config.successWhen === undefined
        ? [leave(written, 'success')]
        : decide(condition(config.successWhen), written, room).map(({ holds, walk: at }) =>
            holds ? leave(at, 'success') : failed(told(at, 'but not with success'), 'no'),
          )
    return [
      ...succeeded,
      failed(answers('answers: no'), 'no'),
      failed(answers('cannot be reached'), 'unavailable'),
      ...(operation.effect === 'read'
        ? []
        : [failed(answers('gives no answer, so that nobody knows whether it was done'), 'uncertain')]),
    ]
  })
  return [...lacks, ...answered]
}
