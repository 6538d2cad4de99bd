import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import ts from 'typescript'

/** What zod makes of schemas, rather than more of them. */
const noSchemas = ['toJSONSchema', 'registry', 'parse', 'safeParse']

/**
 * To build a schema takes as long as to check hundreds of values by it, and of those that are written down here a tenant
 * checks by few. So whatever a file of ours builds with `z.` when it is loaded is built at its first use. Until then
 * something stands for it that answers as it does, but is another object: `z.toJSONSchema`, which tells schemas apart by
 * what they are, is for authoring and not for a tenant.
 */
export const schemasAtFirstUse: Plugin = {
  name: 'schemas-at-first-use',
  setup: (bundling) =>
    bundling.onLoad({ filter: /\/(packages|apps)\/[^/]+\/src\/.+\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes("from 'zod'")) return undefined
      let contents = text
      const found = schemasOf(text)
      for (const { from, to } of found.toReversed())
        contents = `${contents.slice(0, from)}__atFirstUse(() => ${contents.slice(from, to)})${contents.slice(to)}`
      // By its parts: what is behind one name stays whole.
      contents = contents.replace(/^import \{ z \} from 'zod'$/m, "import * as z from 'zod'")
      const where = join(import.meta.dirname, 'at-first-use.ts')
      return { contents: `${contents}\nimport { atFirstUse as __atFirstUse } from '${where}'`, loader: 'ts' }
    }),
}

interface Place {
  from: number
  to: number
}

/** The outermost calls of a file that begin with `z`, or with a schema above them, and are made when it is loaded. */
export function schemasOf(text: string): Place[] {
  const file = ts.createSourceFile('', text, ts.ScriptTarget.Latest, true)
  const roots = new Set(['z'])
  const found: Place[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node)) return
    if (isSchema(node, roots)) found.push({ from: node.getStart(file), to: node.end })
    else ts.forEachChild(node, visit)
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isSchema(node.initializer, roots))
      roots.add(node.name.text)
  }
  visit(file)
  return found
}

function isSchema(node: ts.Node | undefined, roots: ReadonlySet<string>): boolean {
  if (node === undefined || !ts.isCallExpression(node)) return false
  let at: ts.Expression = node
  while (!ts.isIdentifier(at)) {
    if (ts.isPropertyAccessExpression(at) && noSchemas.includes(at.name.text)) return false
    if (!ts.isCallExpression(at) && !ts.isPropertyAccessExpression(at)) return false
    at = at.expression
  }
  return roots.has(at.text)
}
