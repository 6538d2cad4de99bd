import { limits } from './limits.ts'

/** Where and why input is refused, with what to write instead when we know. Lines and columns start at 1. */
export interface ConditionFault {
  message: string
  line: number
  column: number
  fix?: string
  /** For the structured form: the key at fault. Its line and column are 1; the caller knows where the key stands. */
  key?: 'field' | 'operator' | 'value'
}

/** Thrown inside the room; text and structured input turn it into a fault, `validateCondition` lets it through. */
export class Refusal extends Error {
  readonly fix: string | undefined
  /** Into the text. */
  readonly offset: number | undefined

  constructor(message: string, options: { fix?: string | undefined; offset?: number } = {}) {
    super(message)
    this.name = 'ConditionRefused'
    this.fix = options.fix
    this.offset = options.offset
  }
}

/** Foreign text for a message: no more of it than helps, and no half characters. */
export const shorten = (text: string): string =>
  (text.length <= limits.quoted
    ? text
    : `${text.slice(0, limits.quoted).replace(/\p{Surrogate}$/u, '')}…`
  ).toWellFormed()
