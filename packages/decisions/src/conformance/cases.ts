import { childOf, childrenOf, nameOf } from '../dmn/elements.ts'
import { parseXml, type Element } from '../dmn/xml.ts'
import { parseTemporal } from '../values/temporal.ts'
import { newContext, type Value } from '../values/value.ts'

/** One expectation of the suite: these inputs, this decision, this value. */
export interface Case {
  id: string
  inputs: Record<string, Value>
  decision: string
  /** The service that is asked for the decision. */
  service: string | undefined
  expected: Value
  /** Nothing but null is right, whatever else is said. */
  isError: boolean
}

export interface CaseFile {
  modelName: string
  cases: Case[]
}

export function readCases(xml: string): CaseFile {
  const root = parseXml(xml)
  return {
    modelName: (childOf(root, 'modelName')?.text ?? '').trim(),
    cases: childrenOf(root, 'testCase').flatMap((test) => {
      const inputs = Object.fromEntries(childrenOf(test, 'inputNode').map((node) => [nameIn(node), valueOf(node)]))
      return childrenOf(test, 'resultNode').map((node): Case => {
        const expected = childOf(node, 'expected')
        return {
          id: test.attributes.get('id') ?? '',
          inputs,
          decision: nameIn(node),
          service: test.attributes.get('invocableName'),
          expected: expected ? valueOf(expected) : null,
          isError: node.attributes.get('errorResult') === 'true',
        }
      })
    }),
  }
}

const isNil = (element: Element): boolean => element.attributes.get('xsi:nil') === 'true'
const nameIn = (element: Element): string => nameOf(element.attributes.get('name') ?? '')

function valueOf(element: Element): Value {
  const list = childOf(element, 'list')
  if (list) return isNil(list) ? null : childrenOf(list, 'item').map(valueOf)
  const components = childrenOf(element, 'component')
  if (components.length > 0) {
    const context = newContext()
    for (const component of components) context[nameIn(component)] = valueOf(component)
    return context
  }
  const value = childOf(element, 'value')
  return !value || isNil(value) ? null : scalarOf(value.attributes.get('xsi:type') ?? '', value.text)
}

function scalarOf(type: string, text: string): Value {
  switch (type.replace(/^.*:/, '')) {
    case 'decimal':
    case 'double':
    case 'integer':
      return Number(text)
    case 'boolean':
      return text.trim() === 'true'
    case 'date':
      return parseTemporal('date', text.trim()) ?? null
    case 'dateTime':
      return parseTemporal('date and time', text.trim()) ?? null
    case 'time':
      return parseTemporal('time', text.trim()) ?? null
    case 'duration':
      return parseTemporal('duration', text.trim()) ?? null
    default:
      return text
  }
}
