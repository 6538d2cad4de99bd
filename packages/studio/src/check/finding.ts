import type { Diagnostic } from '@copse/contracts'

/** What `check` says about one place of a procedure. */
export interface Finding extends Diagnostic {
  /** The shortest conversation that gets there, a line each; empty where it needs none. */
  why: string[]
}

/** The most that can happen; null where there is no bound. */
export interface Worst {
  modelCallsPerTurn: number
  /** Messages that one turn can need on the narrowest of the channels, since longer ones are split. */
  messagesPerTurn: number | null
  /** Replies of the customer. */
  repliesPerConversation: number | null
  modelCallsPerConversation: number | null
  messagesPerConversation: number | null
}

export interface Checked {
  id: string
  /** What starts it; absent when it does not compile. */
  triggers?: readonly string[]
  file?: string
  findings: Finding[]
  /** Undefined when nothing was explored: it does not compile. */
  explored?: Exploration
}

export interface Exploration {
  states: number
  /** Every conversation was looked at, as far as data matters. Else `reasons` says why not, a sentence each. */
  exhaustive: boolean
  reasons: string[]
  /** Where it is not exhaustive, of what was looked at. */
  worst: Worst
}
