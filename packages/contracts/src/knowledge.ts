import { z } from 'zod'
import type { Usage } from './turn.ts'

/**
 * What a tenant has written down: plain text or markdown. At most some 250 pages: it is held in memory by the tenant's
 * process, and looked through for each question. The number stands in words, because to ask the runtime for them loads
 * what it knows of the world's languages, in every process at its start.
 */
export const knowledgeText = z
  .string()
  .max(500_000, 'holds more than 500,000 characters; leave out what no customer asks for')
  .refine((text) => text.isWellFormed() && !/[\0\uFFFD]/.test(text), 'is no text: save it as UTF-8, plain or markdown')

/** What questions take of a model in a month unless the tenant says otherwise. */
export const defaultTokensPerMonth = 2_000_000

/**
 * Answers a customer's question from what a tenant has written down, and from nothing else. The quota is its own: it is
 * reserved before a model is called, and where it is used up nothing is answered. Throws only for bugs.
 */
export interface Knowledge {
  answer(question: { text: string; language: string; signal: AbortSignal }): Promise<KnowledgeAnswer>
}

export type KnowledgeAnswer = { usage?: Usage } & (
  | { text: string }
  /** The tenant's text does not say; no tokens are left; nobody could be asked. */
  | { nothing: 'out_of_scope' | 'quota' | 'unavailable' }
)

/** The books of model calls. */
export interface UsageStore {
  /** Tokens, in and out, of all calls of this purpose that were committed since. */
  tokensSince(purpose: string, sinceMs: number): Promise<number>
}
