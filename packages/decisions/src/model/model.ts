import type { Table } from '../table/table.ts'

/** A DMN model as plain data: what `parseDmn` makes and `compileModel` takes. */
export interface Model {
  name: string
  namespace: string
  imports: Import[]
  types: ItemDefinition[]
  inputs: InputData[]
  decisions: Decision[]
  knowledge: Knowledge[]
  services: Service[]
}

/** Another model whose parts are used here as `name.part`. */
export interface Import {
  name: string
  namespace: string
}

/** A type that the model defines. */
export interface ItemDefinition {
  name: string
  /** The type that it narrows. */
  type?: string
  collection?: true
  fields?: ItemDefinition[]
  /** Unary tests that every value passes; of a collection, every item. */
  values?: string
  function?: { parameters: Variable[]; result?: string }
}

export interface Variable {
  name: string
  type?: string
}

export interface InputData extends Variable {
  id: string
}

/** Refers to a part by id; without a namespace, of the same model. */
export interface Reference {
  id: string
  namespace?: string
}

export interface Decision extends Variable {
  id: string
  requires: Reference[]
  logic?: Boxed
}

/** A business knowledge model: a function. */
export interface Knowledge extends Variable {
  id: string
  requires: Reference[]
  parameters: Variable[]
  logic?: Boxed
}

/** A part of the model behind one door. What it is given replaces what it would find out. */
export interface Service extends Variable {
  id: string
  outputs: Reference[]
  inputDecisions: Reference[]
  inputs: Reference[]
}

/** An expression as it is drawn: text, or boxes within boxes. `type`: what its value has to be. */
export type Boxed = { type?: string } & (
  | { box: 'text'; text: string }
  | { box: 'table'; table: Table }
  | { box: 'context'; entries: { variable?: Variable; value: Boxed }[] }
  | { box: 'invocation'; target: Boxed; bindings: { name: string; value: Boxed }[] }
  | { box: 'relation'; columns: string[]; rows: Boxed[][] }
  | { box: 'list'; items: Boxed[] }
  /** `kind`: FEEL, or another language, whose functions are null here. */
  | { box: 'function'; kind: string; parameters: Variable[]; body: Boxed }
  | { box: 'conditional'; condition: Boxed; yes: Boxed; no: Boxed }
  | { box: 'filter'; in: Boxed; match: Boxed }
  | { box: 'for' | 'some' | 'every'; variable: string; in: Boxed; each: Boxed }
)

/**
 * Where the texts of a model stand in its file: by the boxed expression, or the table and the path in it. The offset is
 * into the text.
 */
export type TextPlaces = WeakMap<object, (path: string, offset: number) => { line: number; column: number }>
