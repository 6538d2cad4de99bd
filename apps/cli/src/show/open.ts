import type { EffectView, HandoffView, TimerView } from '@copse/contracts'
import { moment, since } from './moments.ts'
import { shortKey } from './short-key.ts'
import { bad, bold, columns, dim } from './table.ts'

export interface Open {
  timers: TimerView[]
  effects: EffectView[]
  handoffs: HandoffView[]
}

/** What of a session is not over: what will happen by itself, and what a person has to do. Empty when there is nothing. */
export function stillOpen({ timers, effects, handoffs }: Open, now: number): string[] {
  const rows = [
    ...timers
      .filter(({ state }) => state === 'waiting')
      .map(({ key, dueAt }) => [
        `  timer    ${key.startsWith('session:') ? 'of the session' : key}`,
        `rings ${since(dueAt, now)}, ${moment(dueAt)} UTC`,
      ]),
    ...effects
      .filter(({ state }) => state === 'uncertain')
      .map(({ key, name }) => [
        `  ${bad('effect')}   ${name} ${bad('may have happened')}`,
        dim(`copse resolve ${shortKey(key)} confirmed|failed|retry`),
      ]),
    ...handoffs
      .filter(({ state }) => state !== 'closed')
      .map(({ reason, createdAt, conversationId, state, takenBy }) => [
        `  handoff  ${reason}, ${since(createdAt, now)}${state === 'taken' ? `, ${takenBy ?? 'somebody'} has it` : ''}`,
        dim(`copse owner ${conversationId} ${state === 'taken' ? 'bot' : 'human'}`),
      ]),
  ]
  return rows.length === 0 ? [] : [bold('open'), ...columns(rows)]
}
