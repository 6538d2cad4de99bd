import type { EffectView, HandoffView, TimerView } from '@copse/contracts'
import { moment, since } from './moments.ts'
import { shortKey } from './short-key.ts'
import { bad, bold, columns, dim } from './table.ts'

export interface Open {
  timers: TimerView[]
  effects: EffectView[]
  handoffs: HandoffView[]
}

/**
 * What of a session is not over: what will happen by itself, and what a person has to do. Empty when there is nothing. What
 * to type stands on a line of its own, so that it is copied whole.
 */
export function stillOpen({ timers, effects, handoffs }: Open, now: number): string[] {
  const rings = timers
    .filter(({ state }) => state === 'waiting')
    .map(({ key, dueAt }) => [
      `  timer    ${key.startsWith('session:') ? 'of the session' : key}`,
      `rings ${since(dueAt, now)}, ${moment(dueAt)} UTC`,
    ])
  const lines = [
    ...columns(rings),
    ...effects
      .filter(({ state }) => state === 'uncertain')
      .flatMap(({ key, name }) => [
        `  ${bad('effect')}   ${name} ${bad('may have happened')}`,
        typeThis(`copse resolve ${shortKey(key)} confirmed|failed|retry`),
      ]),
    ...handoffs
      .filter(({ state }) => state !== 'closed')
      .flatMap(({ reason, createdAt, conversationId, state, takenBy }) => [
        `  handoff  ${reason}, ${since(createdAt, now)}${state === 'taken' ? `, ${takenBy ?? 'somebody'} has it` : ''}`,
        typeThis(`copse owner ${conversationId} ${state === 'taken' ? 'bot' : 'human'}`),
      ]),
  ]
  return lines.length === 0 ? [] : [bold('open'), ...lines]
}

const typeThis = (command: string): string => dim(`           ${command}`)
