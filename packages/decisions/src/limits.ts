/**
 * Tables and models come from authors, tenants and other tools, so everything that costs time, memory or stack has a
 * bound. Bounds are counted, never timed: the same table with the same inputs ends the same way on every machine.
 */
export const limits = {
  /** Of one cell or expression, in characters. */
  textLength: 10_000,
  tokens: 1_000,
  /** Of everything in a table or a model that is beyond S-FEEL, in characters. */
  feelLength: 200_000,
  /** Brackets inside each other. */
  nesting: 32,
  /** As many `if`, `for` … count as one bracket that is open. */
  beginnings: 3,
  /** One evaluation of a table or a model. A step is a node that is evaluated, a list item or 16 characters made. */
  steps: 200_000,
  /** Functions calling functions, and values within values where they are compared or handed out. */
  depth: 100,
  /** Of a YAML file, in characters. */
  yamlLength: 500_000,
  /** Of a DMN file, in characters. */
  xmlLength: 1_000_000,
  xmlDepth: 64,
  xmlElements: 100_000,
  /** That the texts of one part of a model can use. */
  names: 500,
  columns: 100,
  rules: 5_000,
  /** Of a pattern given to `matches`, `replace` or `split`: its length, times all that it repeats. */
  patternSize: 20_000,
  /** What a static check may look at before it says that it did not look at everything. */
  checkSteps: 200_000,
  checkAsks: 20_000_000,
  findings: 100,
} as const
