/** Trees written in YAML: text to spec, with the line and column of everything. It compiles nothing. */
export { explain } from './yaml/explain.ts'
export { parseTree, YamlError, type ParsedTree, type PlacedFault } from './yaml/parse.ts'
export type { Places } from './yaml/places.ts'
export type { Place } from './yaml/value.ts'
