import { scheduleTaskLeaf, type JsonObject, type LeafConfig, type TimerSpec } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import { momentOf } from '@copse/time'
import { fill, fillJson, show } from '../say/template.ts'
import { taskKey, type Task } from '../tasks.ts'
import type { TurnScope } from '../turn-scope.ts'
import { factsOf } from './facts.ts'
import { reader, type DialogueCtx } from './step.ts'

type Config = LeafConfig<'schedule_task'>

/** Sets the timer with the turn: a turn that is not committed schedules nothing. */
export const scheduleTask: NodeDefinition<TurnScope, Config> = {
  op: 'schedule_task',
  kind: 'leaf',
  config: scheduleTaskLeaf,
  run(ctx, config) {
    const { services } = ctx
    const when = whenOf(ctx, config)
    if (when === undefined) return ctx.fail('time_invalid', `Task ${config.task} has no time to run at.`)
    const key = taskKey(services, config.task, fill(config.key, reader(ctx)))
    const isPast = 'at' in when && when.at <= ctx.now()
    ctx.decide('task', isPast ? null : config.task, { key, when: 'at' in when ? when.at : when.schedule })
    if (isPast || !services.procedure) {
      // What it was set for before is not to happen either.
      services.timers.push({ cancel: key })
      return Success
    }
    const { procedure, language } = services
    const data = config.data === undefined ? knownTo(ctx) : filled(ctx, config.data)
    const task: Task = { task: config.task, procedure, data, language }
    services.timers.push({ set: { key, when, ...untilOf(config), data: { ...task } } })
    return Success
  },
}

/** What was to come before a time means nothing once that time is over. */
const untilOf = ({ when }: Config): Pick<TimerSpec, 'misfire'> =>
  'at' in when && when.beforeMs > 0 ? { misfire: { policy: 'skip', graceMs: when.beforeMs } } : {}

/** The message and the day are those of the time it runs at. */
function knownTo(ctx: DialogueCtx): JsonObject {
  const { message: _, today: __, ...data } = factsOf(ctx)
  return data
}

function filled(ctx: DialogueCtx, data: JsonObject): JsonObject {
  const entries = Object.entries(data).map(([field, value]) => [field, fillJson(value, reader(ctx))] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as JsonObject
}

function whenOf(ctx: DialogueCtx, { when }: Config): TimerSpec['when'] | undefined {
  const zone = ctx.services.profile.timeZone
  if ('schedule' in when) return { schedule: when.schedule, zone }
  if ('inMs' in when) return { at: ctx.now() + when.inMs }
  const at = momentOf(show(fillJson(when.at, reader(ctx))), zone)
  return at === undefined ? undefined : { at: at - when.beforeMs }
}
