/**
 * procedures: what an author writes in YAML, compiled to a behaviour tree. Pure: text and a catalogue of operations go
 * in, a TreeSpec or diagnostics come out. It runs nothing, knows no store, and says nothing to customers by itself.
 *
 * parse (text to values that know their place) → steps (one file per action) → graph (stages and exits) → lower (TreeSpec)
 */
export { compileProcedure, type Compilation, type Procedure } from './compile.ts'
export type { Catalogue } from './steps/context.ts'
