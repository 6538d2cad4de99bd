import type { Json, JsonObject } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import { compileProcedure, type Compilation, type Procedure } from '../index.ts'
import { catalogue } from './catalogue.ts'

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ')

/** Steps in our format; `head` holds further keys of the procedure. */
export function ours(steps: string, head = ''): Compilation {
  return compileProcedure(
    `copse: 1\nprocedure:\n  id: sample\n${indented(head)}\n  steps:\n${indented(steps)}`,
    catalogue,
  )
}

export function dialectP(steps: string, head = ''): Compilation {
  return compileProcedure(`procedure:\n  id: sample\n${indented(head)}\n  steps:\n${indented(steps)}`, catalogue)
}

export function procedureOf(compilation: Compilation): Procedure {
  if (compilation.ok) return compilation.procedure
  throw new Error(JSON.stringify(compilation.diagnostics, null, 2))
}

export const codesOf = ({ diagnostics }: Compilation): string[] => diagnostics.map(({ code }) => code)

export function stageOf(compilation: Compilation, id: string): NodeSpec {
  const found = procedureOf(compilation).tree.root.children?.find((stage) => stage.name === id)
  if (!found) throw new Error(`There is no stage ${id}.`)
  return found
}

/** The stage with everything below it, depth first. */
export function nodesOf(node: NodeSpec): NodeSpec[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)]
}

/** Configuration of the first node of this kind in a stage. */
export function configOf(compilation: Compilation, id: string, op: string): JsonObject {
  const found = nodesOf(stageOf(compilation, id)).find((node) => node.op === op)
  if (!found) throw new Error(`There is no ${op} in ${id}.`)
  return found.config as JsonObject
}

export function exitsOf(compilation: Compilation, id: string): Record<string, Json> {
  const { exits } = procedureOf(compilation).tree.root.config as { exits: Record<string, Record<string, Json>> }
  return exits[id] ?? {}
}
