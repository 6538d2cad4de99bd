import { tableSpec, type Aggregation, type HitPolicyName, type Table } from '../table/table.ts'
import { childOf, childrenOf, nameOf, textOf, typeOf } from './elements.ts'
import { columnTypeOf, valuesOf } from './column.ts'
import { offsetInFile, type Reading } from './reading.ts'
import { splitList } from '../expression/split-list.ts'
import type { Element } from './xml.ts'

const policies: Record<string, HitPolicyName> = {
  UNIQUE: 'unique',
  ANY: 'any',
  PRIORITY: 'priority',
  FIRST: 'first',
  'RULE ORDER': 'rule order',
  'OUTPUT ORDER': 'output order',
  COLLECT: 'collect',
}
const aggregations: Record<string, Aggregation> = { SUM: 'sum', COUNT: 'count', MIN: 'min', MAX: 'max' }

const empty: Table = { name: 'table', hitPolicy: 'first', inputs: [], outputs: [{ type: 'any' }], rules: [] }

/** What does not make a table is reported, and an empty table taken in its place. */
export function readTable(element: Element, reading: Reading): Table {
  const texts = new Map<string, Element>()
  const inputs = childrenOf(element, 'input').map((input, index) => readInput(input, `inputs.${index}`, texts, reading))
  const outputs = childrenOf(element, 'output').map((output, index) =>
    readOutput(output, `outputs.${index}`, texts, reading),
  )
  const rules = childrenOf(element, 'rule').map((rule, index) => readRule(rule, `rules.${index}`, texts))
  const policy = element.attributes.get('hitPolicy') ?? 'UNIQUE'
  const aggregation = element.attributes.get('aggregation')
  const read = tableSpec.safeParse({
    name: nameOf(element.attributes.get('outputLabel') ?? element.attributes.get('label') ?? '') || 'table',
    hitPolicy: policies[policy] ?? policy,
    ...(aggregation !== undefined && { aggregation: aggregations[aggregation] ?? aggregation }),
    inputs,
    outputs,
    rules,
  })
  for (const issue of read.error?.issues ?? []) {
    const path = issue.path.join('.')
    reading.error('table_invalid', texts.get(path) ?? element, `The table's ${path} ${issue.message}.`)
  }
  const table = read.data ?? empty
  reading.places.set(table, (path, offset) => {
    const text = texts.get(path) ?? texts.get(path.replace(/\.\d+$/, ''))
    return reading.at(text ? offsetInFile(text, offset) : element.offset)
  })
  return table
}

function readInput(element: Element, path: string, texts: Map<string, Element>, reading: Reading) {
  const expression = childOf(element, 'inputExpression')
  const type = typeOf(expression?.attributes.get('typeRef'))
  remember(texts, `${path}.expression`, expression)
  const values = textOf(childOf(element, 'inputValues')) || valuesOf(type, reading.types)
  if (childOf(element, 'inputValues')) remember(texts, `${path}.values`, childOf(element, 'inputValues'))
  const label = nameOf(element.attributes.get('label') ?? '')
  return {
    ...(label !== '' && { label }),
    expression: textOf(expression) || label || 'null',
    type: columnTypeOf(type, reading.types),
    ...(values !== undefined && { values }),
  }
}

function readOutput(element: Element, path: string, texts: Map<string, Element>, reading: Reading) {
  const type = typeOf(element.attributes.get('typeRef'))
  const values = textOf(childOf(element, 'outputValues')) || valuesOf(type, reading.types)
  const fallback = childOf(element, 'defaultOutputEntry')
  const name = nameOf(element.attributes.get('name') ?? '')
  if (childOf(element, 'outputValues')) remember(texts, `${path}.values`, childOf(element, 'outputValues'))
  remember(texts, `${path}.default`, fallback)
  return {
    ...(name !== '' && { name }),
    type: columnTypeOf(type, reading.types),
    ...(values !== undefined && { values: splitList(values) }),
    ...(textOf(fallback) !== '' && { default: textOf(fallback) }),
  }
}

function readRule(element: Element, path: string, texts: Map<string, Element>) {
  const id = element.attributes.get('id')
  const note = textOf(childOf(element, 'annotationEntry')) || childOf(element, 'description')?.text.trim()
  const cells = (name: string, column: string, nothing: string) =>
    childrenOf(element, name).map((cell, index) => {
      remember(texts, `${path}.${column}.${index}`, cell)
      return textOf(cell) || nothing
    })
  return {
    ...(id !== undefined && { id }),
    ...(note !== undefined && note !== '' && { note }),
    when: cells('inputEntry', 'when', '-'),
    yields: cells('outputEntry', 'yields', 'null'),
  }
}

function remember(texts: Map<string, Element>, path: string, element: Element | undefined): void {
  const text = childOf(element, 'text') ?? element
  if (text) texts.set(path, text)
}
