import type { TypeName } from '../expression/expr.ts'
import { Refusal } from '../refusal.ts'
import type { Node } from './node.ts'

/** `number`, `list<string>`, `context<a: number>`, `function<number> -> string`, `range<date>` or a model's own type. */
export function readType(node: Node): TypeName {
  const [inner] = node.children
  if (node.name === 'Type') return inner ? readType(inner) : refuse(node)
  switch (node.name) {
    case 'ListType':
      return { type: 'list', of: elementOf(node) }
    case 'RangeType':
      return { type: 'range', of: elementOf(node) }
    case 'ContextType':
      return { type: 'context', entries: entriesOf(node) }
    case 'FunctionType':
      return {
        type: 'function',
        parameters: (node.children.find(({ name }) => name === 'ArgumentTypes')?.children ?? []).map(elementOf),
        result: elementOf(node),
      }
    default:
      return { type: 'named', name: node.text.replace(/\s+/g, ' ').trim() }
  }
}

function elementOf(node: Node): TypeName {
  const element = node.children.find(({ name }) => name === 'Type')
  return element ? readType(element) : { type: 'named', name: 'Any' }
}

function entriesOf(node: Node): { name: string; of: TypeName }[] {
  const entries = node.children.find(({ name }) => name === 'ContextEntryTypes')?.children ?? []
  return entries.map((entry) => ({
    name: (entry.children[0]?.text ?? '').replace(/\s+/g, ' ').trim(),
    of: elementOf(entry),
  }))
}

function refuse(node: Node): never {
  throw new Refusal('cell_invalid', `\`${node.text.slice(0, 40)}\` is no type.`, node.offset)
}
