/**
 * procedures: what an author writes in YAML, compiled to a behaviour tree. Pure: text and a catalogue of operations go
 * in, a TreeSpec or diagnostics come out. It runs nothing, knows no store, and says nothing to customers by itself.
 *
 * parse (text to values that know their place) → steps (one file per action) → graph (stages and exits) → lower (TreeSpec)
 */
export { claimedTwice } from './claimed-twice.ts'
export { secondFlows } from './flows/second-flow.ts'
export { compileProcedure, type Compilation, type Composed, type Procedure } from './compile.ts'
export type { Catalogue } from './steps/context.ts'
export { besideOf, type Beside, type Source } from './parse/beside.ts'
export type { PartSource } from './steps/part.ts'
/** For editors, and for the pages of all keys. */
export { flowJsonSchema } from './editors/flow-schema.ts'
export { procedureJsonSchema } from './editors/schema.ts'
/** For what else authors write beside a procedure: the same limits, and values that know their place. */
export { parseDocument } from './parse/document.ts'
export { nearestTo, toJson, valueAt, type Mapping, type Path, type Position, type Value } from './parse/value.ts'
export { nearest, suggestion } from './report/suggest.ts'
export { createReport } from './report/report.ts'
export { fit } from './parse/shape.ts'
