import type {
  JsonObject,
  LeafConfig,
  Release,
  ReleasedProcedure,
  TimerFiring,
  TimerSpec,
  Turn,
  TurnResult,
} from '@copse/contracts'
import type { Task } from './tasks.ts'

/** What belongs to no customer is done for a contact that nobody is. */
export const standingChannel = '$flow'

const prefix = 'task:standing:'
const stage = '$standing'

/** What the release knows no longer is over. Undefined: it is due, or something else is. */
export function standingOver({ channel, events: [event] }: Turn, release: Release): TurnResult | undefined {
  if (channel !== standingChannel || event?.kind !== 'timer') return undefined
  const { key } = event.data as unknown as TimerFiring
  if (standingTimers(release).some((timer) => timer.key === key)) return undefined
  return {
    messages: [],
    trace: [{ kind: 'standing', key, state: 'unknown' }],
    handoffs: [],
    usage: [],
    timers: [{ cancel: key }],
  }
}

/** Tasks of the flows of a release that recur by themselves, as timers of the version that is released. */
export const standingTimers = ({ procedures, tenant: { profile } }: Release): TimerSpec[] =>
  procedures.flatMap(({ id, version, treeHash, tree }) =>
    standingIn(tree).map(({ task, key, when }) => {
      const data: Task = {
        task,
        procedure: { id, version, treeHash },
        data: {},
        language: profile.languages[0] ?? 'en',
      }
      return { key: `${prefix}${id}:${key}:${task}`, when: { ...when, zone: profile.timeZone }, data: { ...data } }
    }),
  )

interface Node {
  name?: string
  config?: JsonObject
  children?: Node[]
}
type Recurring = { task: string; key: string; when: { schedule: JsonObject } }

/** As the lowering writes them: a stage that nobody enters. */
function standingIn(tree: ReleasedProcedure['tree']): Recurring[] {
  const { root } = tree as unknown as { root: Node }
  const found = root.children?.find(({ name }) => name === stage)
  return (found?.children ?? []).flatMap(({ config }) => {
    const { task, key, when } = config as unknown as LeafConfig<'schedule_task'>
    return 'schedule' in when ? [{ task, key, when }] : []
  })
}
