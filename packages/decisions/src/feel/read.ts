import type { Cell, Comparison, Expr, Iteration, Sign, Test } from '../expression/expr.ts'
import type { Names } from '../expression/names.ts'
import { Refusal } from '../refusal.ts'
import { unquote } from '../sfeel/lexer.ts'
import { type Node, readNode } from './node.ts'
import { readType } from './type-name.ts'

/** Full FEEL to the tree that S-FEEL becomes, too. Throws a Refusal when the text is no FEEL. */
export function readFeelCell(text: string, names: Names): Cell {
  const top = readNode(text, 'cell', names)
  const [first, ...rest] = top.children
  if (first?.name === 'Wildcard') return [{ test: 'any' }]
  if (first?.name !== 'not') return testsOf(top)
  return [{ test: 'not', of: rest.flatMap((node) => (node.name === 'PositiveUnaryTests' ? testsOf(node) : [])) }]
}

export function readFeel(text: string, names: Names): Expr {
  const top = readNode(text, 'expression', names)
  return read(only(top.children, top))
}

const testsOf = (node: Node): Test[] =>
  node.children.flatMap((child) => (child.name === 'PositiveUnaryTests' ? testsOf(child) : [readTest(child)]))

/** `(< 5)` is the same test as `< 5`. */
function withoutBrackets(node: Node): Node {
  const inner = node.name === 'ParenthesizedExpression' ? node.children[1] : undefined
  return inner?.name === 'SimplePositiveUnaryTest' ? inner : node
}

function readTest(node: Node): Test {
  const inner = withoutBrackets(only(node.children, node))
  const [operator, value] = inner.children
  if (inner.name === 'SimplePositiveUnaryTest' && operator?.name === 'CompareOp' && value) {
    return { test: 'compare', is: operator.text as Comparison, value: read(value) }
  }
  return { test: 'value', value: read(inner) }
}

const words = (node: Node): string => node.text.replace(/\s+/g, ' ').trim()

const readers: Record<string, (node: Node) => Expr> = {
  Expression: (node) => read(only(node.children, node)),
  ParenthesizedExpression: (node) => read(at(node, 1)),
  NumericLiteral: (node) => literal(numberOf(node)),
  StringLiteral: (node) => literal(unquote(node.text.slice(1, -1))),
  BooleanLiteral: (node) => literal(node.text === 'true'),
  null: () => literal(null),
  '?': () => ({ op: 'subject' }),
  VariableName: (node) => ({ op: 'name', name: words(node) }),
  SpecialFunctionName: (node) => ({ op: 'name', name: words(node) }),
  DateTimeConstructor: (node) => ({ op: 'name', name: words(node) }),
  AtLiteral: (node) => callOf({ op: 'name', name: '@' }, [read(at(node, 0))]),
  DateTimeLiteral: (node) => (node.children.length === 1 ? read(at(node, 0)) : readCall(node)),
  FunctionInvocation: readCall,
  PathExpression: (node) => ({ op: 'path', of: read(at(node, 0)), name: words(at(node, 2)) }),
  ArithmeticExpression: readArithmetic,
  Comparison: readComparison,
  Conjunction: (node) => ({ op: 'and', left: read(at(node, 0)), right: read(at(node, 2)) }),
  Disjunction: (node) => ({ op: 'or', left: read(at(node, 0)), right: read(at(node, 2)) }),
  List: (node) => ({ op: 'list', items: node.children.slice(1, -1).map(read) }),
  Context: (node) => ({ op: 'context', entries: node.children.slice(1, -1).map(readEntry) }),
  FilterExpression: (node) => ({ op: 'filter', of: read(at(node, 0)), by: read(at(node, 2)) }),
  Interval: readInterval,
  SimplePositiveUnaryTest: readOpenRange,
  IfExpression: (node) => ({
    op: 'if',
    condition: read(at(node, 1)),
    yes: read(at(node, 3)),
    no: read(at(node, 5)),
  }),
  ForExpression: (node) => ({ op: 'for', over: iterationsOf(at(node, 1)), each: read(at(node, 3)) }),
  QuantifiedExpression: (node) => ({
    op: at(node, 0).name === 'some' ? 'some' : 'every',
    over: iterationsOf(at(node, 1)),
    each: read(at(node, 3)),
  }),
  InstanceOfExpression: (node) => ({ op: 'instance', of: read(at(node, 0)), type: readType(at(node, 3)) }),
  FunctionDefinition: readFunction,
}

function read(node: Node): Expr {
  const reader = readers[node.name]
  if (!reader) throw new Refusal('cell_invalid', `\`${node.text.slice(0, 40)}\` is not supported.`, node.offset)
  return reader(node)
}

const literal = (value: string | number | boolean | null): Expr => ({ op: 'literal', value })

function numberOf(node: Node): number {
  const value = Number(node.text.replace(/\s/g, ''))
  if (Number.isFinite(value)) return value
  throw new Refusal(
    'cell_invalid',
    `\`${node.text.slice(0, 40)}\` is too large.`,
    node.offset,
    'Write a smaller number.',
  )
}

function readArithmetic(node: Node): Expr {
  const [first, second, third] = node.children
  if (third)
    return {
      op: 'arithmetic',
      sign: at(node, 1).text.replace('^', '**') as Sign,
      left: read(at(node, 0)),
      right: read(third),
    }
  if (first?.text === '-' && second) return { op: 'negate', of: read(second) }
  throw new Refusal('cell_invalid', `\`${node.text.slice(0, 40)}\` is not supported.`, node.offset)
}

function readComparison(node: Node): Expr {
  const operator = at(node, 1)
  const of = read(at(node, 0))
  if (operator.name === 'between') return { op: 'between', of, low: read(at(node, 2)), high: read(at(node, 4)) }
  if (operator.name !== 'in')
    return { op: 'compare', is: operator.text as Comparison, left: of, right: read(at(node, 2)) }
  const tests = node.children.slice(2).flatMap((child) => {
    if (child.name === 'PositiveUnaryTests') return testsOf(child)
    return child.name === 'PositiveUnaryTest' ? [readTest(child)] : []
  })
  return { op: 'in', of, tests }
}

function readEntry(node: Node): { key: string; value: Expr } {
  const key = only(at(node, 0).children, node)
  return { key: key.name === 'StringLiteral' ? unquote(key.text.slice(1, -1)) : words(key), value: read(at(node, 1)) }
}

const isNull = (end: Node | undefined): boolean => end?.name === 'null'

function readInterval(node: Node): Expr {
  const [open, low, , high, close] = node.children
  // Two ends that are null have no order that a range could have.
  if (isNull(low) && isNull(high)) return literal(null)
  return {
    op: 'range',
    low: read(low ?? node),
    high: read(high ?? node),
    lowIncluded: open?.text === '[',
    highIncluded: close?.text === ']',
  }
}

/** `(< 10)` is a range that is open to one side, and `(= 10)` one that holds a single value. */
function readOpenRange(node: Node): Expr {
  const [operator, value] = node.children
  if (!operator || !value) return read(at(node, 0))
  const end = read(value)
  const included = operator.text.endsWith('=')
  switch (operator.text) {
    case '<':
    case '<=':
      return { op: 'range', high: end, lowIncluded: false, highIncluded: included }
    case '>':
    case '>=':
      return { op: 'range', low: end, lowIncluded: included, highIncluded: false }
    case '=':
      return { op: 'range', low: end, high: end, lowIncluded: true, highIncluded: true }
    default:
      throw new Refusal('cell_invalid', `\`${operator.text}\` makes no range.`, operator.offset)
  }
}

function iterationsOf(node: Node): Iteration[] {
  return node.children.map((one) => {
    const source = at(one, 2)
    const [from, , to] = source.children
    return { name: words(at(one, 0)), in: read(from ?? source), ...(to && { to: read(to) }) }
  })
}

function readFunction(node: Node): Expr {
  const parameters = at(node, 2).children.map((one) => {
    const type = one.children[1]
    return { name: words(at(one, 0)), ...(type && { type: readType(type) }) }
  })
  // Code outside of FEEL is nothing that a table may run.
  if (node.children.some(({ name }) => name === 'external')) return literal(null)
  return { op: 'function', parameters, body: read(only(node.children.at(-1)?.children ?? [], node)) }
}

function readCall(node: Node): Expr {
  const given = at(node, 2)
  const target = read(at(node, 0))
  if (given.name === 'NamedParameters') {
    const named = given.children.map((one) => ({ name: words(at(one, 0)), value: read(at(one, 1)) }))
    return { op: 'call', target, arguments: named, named: true }
  }
  return callOf(target, given.name === 'PositionalParameters' ? given.children.map(read) : [])
}

const callOf = (target: Expr, given: Expr[]): Expr => ({ op: 'call', target, arguments: given, named: false })

function at(node: Node, index: number): Node {
  const child = node.children[index]
  if (child) return child
  throw new Refusal('cell_invalid', `\`${node.text.slice(0, 40)}\` is not complete.`, node.offset)
}

function only(children: readonly Node[], around: Node): Node {
  const [child] = children
  if (child) return child
  throw new Refusal('cell_invalid', 'This is empty.', around.offset, 'Write a value, or `null`.')
}
