import type { Boxed, Variable } from '../model/model.ts'
import { childOf, childrenOf, nameOf, textOf, typeOf, variableOf } from './elements.ts'
import { offsetInFile, type Reading } from './reading.ts'
import { readTable } from './table.ts'
import type { Element } from './xml.ts'

const readers: Record<string, (element: Element, reading: Reading) => Boxed> = {
  literalExpression: readText,
  decisionTable: (element, reading) => ({ box: 'table', table: readTable(element, reading) }),
  context: (element, reading) => ({
    box: 'context',
    entries: childrenOf(element, 'contextEntry').map((entry) => {
      const variable = childOf(entry, 'variable')
      return { ...(variable && { variable: variableOf(variable) }), value: within(entry, reading) }
    }),
  }),
  invocation: (element, reading) => ({
    box: 'invocation',
    target: within(element, reading),
    bindings: childrenOf(element, 'binding').map((binding) => ({
      name: parameterOf(binding).name,
      value: within(binding, reading),
    })),
  }),
  relation: (element, reading) => ({
    box: 'relation',
    columns: childrenOf(element, 'column').map((column) => variableOf(column).name),
    rows: childrenOf(element, 'row').map((row) => boxedIn(row, reading)),
  }),
  list: (element, reading) => ({ box: 'list', items: boxedIn(element, reading) }),
  functionDefinition: (element, reading) => ({
    box: 'function',
    kind: element.attributes.get('kind') ?? 'FEEL',
    parameters: childrenOf(element, 'formalParameter').map(variableOf),
    body: within(element, reading),
  }),
  conditional: (element, reading) => ({
    box: 'conditional',
    condition: within(childOf(element, 'if'), reading),
    yes: within(childOf(element, 'then'), reading),
    no: within(childOf(element, 'else'), reading),
  }),
  filter: (element, reading) => ({
    box: 'filter',
    in: within(childOf(element, 'in'), reading),
    match: within(childOf(element, 'match'), reading),
  }),
  for: (element, reading) => loop('for', 'return', element, reading),
  some: (element, reading) => loop('some', 'satisfies', element, reading),
  every: (element, reading) => loop('every', 'satisfies', element, reading),
}

/** The boxed expression in an element, if there is one. */
export function findBoxed(element: Element | undefined, reading: Reading): Boxed | undefined {
  const child = element?.children.find((one) => one.namespace === element.namespace && Object.hasOwn(readers, one.name))
  return child && readBoxed(child, reading)
}

const boxedIn = (element: Element, reading: Reading): Boxed[] =>
  element.children
    .filter((child) => child.namespace === element.namespace && Object.hasOwn(readers, child.name))
    .map((child) => readBoxed(child, reading))

const within = (element: Element | undefined, reading: Reading): Boxed =>
  findBoxed(element, reading) ?? { box: 'text', text: 'null' }

function readBoxed(element: Element, reading: Reading): Boxed {
  const boxed = readers[element.name]?.(element, reading) ?? { box: 'text' as const, text: 'null' }
  const type = typeOf(element.attributes.get('typeRef'))
  if (type !== undefined) boxed.type = type
  return boxed
}

/** An empty one is null. */
function readText(element: Element, reading: Reading): Boxed {
  const text = childOf(element, 'text')
  const boxed: Boxed = { box: 'text', text: textOf(element) || 'null' }
  reading.places.set(boxed, (_, offset) => reading.at(text ? offsetInFile(text, offset) : element.offset))
  return boxed
}

function loop(box: 'for' | 'some' | 'every', body: string, element: Element, reading: Reading): Boxed {
  const variable = nameOf(element.attributes.get('iteratorVariable') ?? '')
  return {
    box,
    variable,
    in: within(childOf(element, 'in'), reading),
    each: within(childOf(element, body), reading),
  }
}

const parameterOf = (binding: Element): Variable => {
  const parameter = childOf(binding, 'parameter')
  return parameter ? variableOf(parameter) : { name: '' }
}
