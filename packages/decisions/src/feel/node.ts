import { parseExpression, parseUnaryTests } from 'feelin'
import { fieldsOf, type Names, type Shape } from '../expression/names.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { Cursor } from '../sfeel/cursor.ts'

/** A node of the tree that feelin's parser makes, without comments. */
export interface Node {
  name: string
  text: string
  offset: number
  children: Node[]
}

type Tree = ReturnType<typeof parseExpression>
type TreeNode = Tree['topNode']

/**
 * Reads full FEEL with the parser of feelin. Only its parser: its interpreter cannot be stopped, and `for i in 1..3e7`
 * exhausts the memory. The text has to be within our own limits first, since some of what it holds is read recursively.
 */
export function readNode(text: string, top: 'expression' | 'cell', names: Names): Node {
  checkSize(text, names)
  const context = sampleOf(names, text.replace(/\s+/g, ' '))
  const tree = top === 'cell' ? parseUnaryTests(text, context, undefined) : parseExpression(text, context, undefined)
  return convert(tree.topNode, text)
}

function convert(node: TreeNode, text: string): Node {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isError) refuse(child, text)
    if (!child.type.isSkipped) children.push(convert(child, text))
  }
  return { name: node.name, text: text.slice(node.from, node.to), offset: node.from, children }
}

function refuse(node: TreeNode, text: string): never {
  const rest = text.slice(node.from)
  if (rest.trim() === '') throw new Refusal('cell_invalid', 'This ends too early.', node.from, 'Complete it.')
  const found = /^\s*(?:[\p{L}\p{N}_]+|.)/su.exec(rest)?.[0]?.trim() ?? ''
  throw new Refusal('cell_invalid', `\`${found}\` was not expected here.`, node.from)
}

/** The own lexer counts words and signs; brackets, and what can stand in each other without them, are counted here. */
function checkSize(text: string, names: Names): void {
  const tokens = new Cursor(text, names)
  let open = 0
  let begun = 0
  while (tokens.token.kind !== 'end') {
    if (tokens.is('(', '[', '{')) open += 1
    else if (tokens.is(')', ']', '}')) open -= 1
    else if (tokens.is('if', 'for', 'some', 'every', 'function')) begun += 1
    tokens.checkNesting(Math.max(Math.abs(open), begun / limits.beginnings))
    tokens.take()
  }
}

/**
 * The parser learns names, and those of their parts, from an example of the data. Only those that the text can mean: it
 * takes long over many.
 */
function sampleOf(names: Names, text: string): Record<string, unknown> {
  const meant = [...names].filter(([name]) => text.includes(name))
  return Object.fromEntries(meant.map(([name, shape]) => [name, exampleOf(shape, text)]))
}

function exampleOf(shape: Shape, text: string): unknown {
  const fields = fieldsOf(shape)
  if (!fields) return shape.item ? [null] : null
  const example = sampleOf(fields, text)
  return shape.item ? [example] : example
}
