import type { JsonObject, OperationManifest } from '@copse/contracts'

/** A procedure to draft from what a business has written down; the answer is a `Proposal`. */
export interface DraftTask {
  /** Of the text, and of what the customer reads. */
  language: string
  /** What the text calls itself. */
  title: string
  /** In order; they go by their numbers, from 1. */
  sentences: SopSentence[]
  /** All that the business offers. */
  operations: OperationManifest[]
  /** What was answered before, to be mended. */
  tried?: Tried
}

export interface Tried {
  proposal: JsonObject
  /** What a check found in it, a sentence each. */
  findings: string[]
}

export interface SopSentence {
  text: string
  /** A lead ends in a colon: what belongs to it follows. */
  part: 'heading' | 'lead' | 'text'
}
