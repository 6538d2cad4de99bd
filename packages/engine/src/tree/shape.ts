import type { z } from 'zod'
import type { TreeFault } from './faults.ts'
import { nodeShape, type NodeSpec } from './spec.ts'

/** One node as it should be, children unchecked; else what is wrong with it. */
export function checkNode(id: string, raw: unknown, faults: TreeFault[]): NodeSpec | undefined {
  const node = nodeShape.safeParse(raw)
  if (node.success) return node.data as NodeSpec
  faults.push(...faultsOf(id, node.error))
  return undefined
}

export function faultsOf(id: string, error: z.ZodError, within?: string): TreeFault[] {
  return error.issues.flatMap(nearest).map((issue) => {
    const path = [...(within === undefined ? [] : [within]), ...issue.path].join('.')
    return { id, message: path === '' ? issue.message : `${path}: ${issue.message}` }
  })
}

/** Of the kinds that something might have been, what is wrong with the one it is most like; else that it is none. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const kinds = issue.errors.filter((issues) =>
    issues.every(({ code, path }) => code !== 'invalid_type' || path.length > 0),
  )
  const [best] = kinds.toSorted((one, other) => one.length - other.length)
  if (best === undefined) return [issue]
  return best.flatMap(nearest).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** Works before the node is checked, so that a fault in it can be reported under its id. */
export function segmentOf(raw: unknown, position: number): string {
  const { name, op } = (raw ?? {}) as { name?: unknown; op?: unknown }
  if (typeof name === 'string') return name
  return typeof op === 'string' ? op : `#${position}`
}

export function repeated(names: readonly string[]): Iterable<string> {
  if (names.length < 2) return []
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) twice.add(name)
    seen.add(name)
  }
  return twice
}
