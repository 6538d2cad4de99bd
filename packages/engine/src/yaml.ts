/** Trees written in YAML: text to spec, with the line and column of everything. It compiles nothing. And what keeps any text from being too much for the reader of YAML. */
export { explain } from './yaml/explain.ts'
export { parseTree, YamlError, type ParsedTree, type PlacedFault } from './yaml/parse.ts'
export { createSizeWatch, type Excess } from './yaml/size-watch.ts'
export type { Places } from './yaml/places.ts'
export type { Place } from './yaml/value.ts'
