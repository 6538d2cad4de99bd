/**
 * Conditions come from authors, tenants and models, so everything that costs time or stack has a bound. Whatever text
 * passes its bounds also passes those of the canonical form.
 */
export const limits = {
  textLength: 10_000,
  tokens: 1_000,
  /** Parentheses and `not` inside each other. */
  nesting: 32,
  pathLength: 200,
  /** Of the canonical form: room for what is composed around parsed conditions. */
  depth: 100,
  conditions: 5_000,
  /** Of one list. */
  values: 4_000,
  /** Constants that cut one field. */
  cuts: 500,
  /** Parts that are looked for in one field; each doubles the number of regions. */
  parts: 6,
  /** Of foreign text in a message. */
  quoted: 60,
} as const
