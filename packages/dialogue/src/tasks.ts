import { digest, type JsonObject, type StoredSession, type TimerFiring, type Turn } from '@copse/contracts'
import type { TurnScope } from './turn-scope.ts'

const prefix = 'task:'

/** What a task takes with it: the version that scheduled it, and what was known then. */
export interface Task {
  task: string
  procedure: StoredSession['procedure']
  data: JsonObject
  language: string
}

/** Its time has come. `id` is that of the session it runs as. */
export interface DueTask extends Task {
  id: string
}

/** Each contact has tasks of their own: nobody replaces or cancels another's. */
export const taskKey = ({ contact, procedure }: TurnScope, task: string, key: string): string =>
  prefix + [contact.id, procedure?.id ?? '', task, key].join(':')

/** The stage that a task is. */
export const taskStage = (task: string): string => `$task:${task}`

/** Undefined when no task brought this turn. */
export function taskOf({ events: [event] }: Turn): DueTask | undefined {
  if (event?.kind !== 'timer') return undefined
  const { key, occurrence, data } = event.data as unknown as TimerFiring
  if (!key.startsWith(prefix)) return undefined
  return { ...(data as unknown as Task), id: digest([key, occurrence]).slice(0, 32) }
}
