import {
  digest,
  type Json,
  type JsonObject,
  type StoredSession,
  type TimerFiring,
  type Turn,
  type TurnResult,
} from '@copse/contracts'
import type { TurnScope } from './turn-scope.ts'

const prefix = 'task:'

/** What a task takes with it: the version that scheduled it, and what was known then. */
export interface Task {
  task: string
  procedure: StoredSession['procedure']
  data: JsonObject
  language: string
}

/** Each contact has tasks of their own: nobody replaces or cancels another's. */
export const taskKey = ({ contact, procedure }: TurnScope, task: string, key: string): string =>
  prefix + [contact.id, procedure?.id ?? '', task, key].join(':')

/** The stage that a task is. */
export const taskStage = (task: string): string => `$task:${task}`

/** The task whose time has come; undefined when no task brought this turn. */
export function taskOf({ events: [event] }: Turn): (Task & { id: string }) | undefined {
  if (event?.kind !== 'timer') return undefined
  const { key, occurrence, data } = event.data as unknown as TimerFiring
  if (!key.startsWith(prefix)) return undefined
  return { ...(data as unknown as Task), id: digest([key, occurrence]).slice(0, 32) }
}

/** A task says what it has to say, and leaves whatever session there is as it is. */
export function taskDone(
  { task, procedure }: Task,
  trace: readonly JsonObject[],
  more: Pick<TurnResult, 'messages' | 'handoffs' | 'usage' | 'timers'>,
): TurnResult {
  const why: Json = { kind: 'task', task, procedure: procedure.id, version: procedure.version }
  return { ...more, trace: [why, ...trace] }
}
