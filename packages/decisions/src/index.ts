/**
 * decisions: decision tables, from DMN and from YAML, compiled to closures, checked and explained. Pure: inputs and the
 * time come with each evaluation, and whatever text costs is counted. It knows no tree, no store and no conversation.
 *
 * dmn/ yaml/ text to tables and models · sfeel/ feel/ cells to trees · expression/ trees to closures · values/ what they
 * work on · functions/ FEEL's own · table/ model/ evaluation · check/ what is wrong with a table before it is used
 */
export { parseDmn, type ParsedModel } from './dmn/parse.ts'
export { compileModel, type CompiledModel, type ModelEvaluation, type ModelOptions } from './model/compile.ts'
export type { Model } from './model/model.ts'
export { parseTable, type ParsedTable } from './yaml/parse.ts'
export { checkTable } from './check/check.ts'
export type { Check, Finding, FindingCode } from './check/finding.ts'
export { compileTable, type CompiledTable, type EvaluateOptions } from './table/compile.ts'
export { DecisionFault, type DecisionFaultCode } from './table/fault.ts'
export type { Problem, ProblemCode } from './problem.ts'
export type { Evaluation, Outcome, Why, WhyRule } from './table/outcome.ts'
export { policyMark, tableHash, tableSpec, type Table } from './table/table.ts'
