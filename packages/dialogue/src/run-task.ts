import type { ChannelLimits, JsonObject, Logger, Turn, TurnResult } from '@copse/contracts'
import { withReminded } from './reminded.ts'
import { render } from './say/render.ts'
import { runSession } from './session.ts'
import { standingChannel } from './standing.ts'
import { taskStage, type DueTask } from './tasks.ts'
import type { Trees } from './trees.ts'
import type { TurnScope } from './turn-scope.ts'

/** A task says what it has to say, and leaves whatever session there is as it is. */
export async function runTask(
  { task, procedure, data, id }: DueTask,
  turn: Turn,
  scope: TurnScope,
  limits: ChannelLimits,
  { trees, logger }: { trees: Trees; logger: Logger },
): Promise<TurnResult> {
  const run = await runSession({
    turn,
    scope,
    tree: () => trees.get(procedure.treeHash, taskStage(task)),
    session: { id, procedure, intent: procedure.id },
    known: data,
    logger,
  })
  const why: JsonObject = { kind: 'task', task, procedure: procedure.id, version: procedure.version }
  const { handoffs, usage, timers } = scope
  // What belongs to nobody is said to nobody.
  const isMute = turn.channel === standingChannel
  const conversation = isMute ? undefined : withReminded(turn, scope.options)
  return {
    ...(conversation && { conversation }),
    messages: isMute ? [] : render(run.text, scope.options, limits, scope.media),
    trace: [why, ...run.trace],
    handoffs,
    usage,
    timers,
  }
}
