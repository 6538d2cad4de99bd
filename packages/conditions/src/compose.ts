import type { Chain, Condition, Presence } from './condition.ts'

const chain =
  (op: Chain['op']) =>
  (first: Condition, ...rest: Condition[]): Condition =>
    rest.length === 0 ? first : { op, of: [first, ...rest] }

/** All of them; one alone stays as it is. */
export const and = chain('and')
/** At least one of them; one alone stays as it is. */
export const or = chain('or')
export const not = (of: Condition): Condition => ({ op: 'not', of })
export const exists = (field: string): Presence => ({ op: 'exists', field })
