import {
  channelBinding,
  connectorBinding,
  Fault,
  formatDiagnostic,
  modelBinding,
  operationManifest,
  tenantProfile,
  type Diagnostic,
} from '@copse/contracts'
import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'

const customer = z.union([
  z.string().transform((id) => ({ id, name: id })),
  z.strictObject({ id: z.string(), name: z.string() }),
])

/** A tenant as one file, for development. Paths are relative to the file. */
export const localConfig = z.strictObject({
  tenant: z.strictObject({
    slug: z.string().regex(/^[a-z][a-z0-9-]*$/, 'use a-z, 0-9 and "-"'),
    name: z.string().min(1),
    profile: tenantProfile.prefault({}),
  }),
  /** Files; or folders, which stand for the procedures and flows in them. */
  procedures: z.array(z.string()).min(1),
  knowledge: z.string().optional(),
  connectors: z
    .array(connectorBinding.extend({ operations: z.union([z.string(), z.array(operationManifest)]).default([]) }))
    .default([]),
  channels: z.array(channelBinding).default([]),
  model: modelBinding.prefault({}),
  identity: z.string().optional(),
  /** Name of a credential to the file that holds it: no secret stands in this file or in the environment. */
  credentials: z.record(z.string(), z.string()).default({}),
  demo: z.strictObject({ customers: z.array(customer).default([]) }).prefault({}),
  dev: z.boolean().default(true),
  data: z.string().optional(),
})
export type LocalConfig = z.infer<typeof localConfig>

/** Reads YAML against a schema; every fault at once, each with its place in the file. */
export function parseYaml<T>(schema: z.ZodType<T>, text: string, file: string): T {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  if (document.errors.length > 0)
    throw invalid(
      document.errors.map(({ pos, message }) => ({
        code: 'not_yaml',
        severity: 'error',
        message,
        file,
        ...place(pos[0]),
      })),
    )
  const result = schema.safeParse(document.toJS())
  if (result.success) return result.data
  throw invalid(
    result.error.issues.map(({ path, message }) => ({
      code: 'field_invalid',
      severity: 'error',
      message: path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message,
      file,
      ...place(offsetOf(document, path)),
    })),
  )
}

/** Where the value stands; a missing one is reported at the nearest parent that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const at = path.slice(0, length)
    const node = length === 0 ? document.contents : document.getIn(at, true)
    if (isNode(node) && node.range)
      return isMap(node) && length > 0 ? (keyOffset(document, at) ?? node.range[0]) : node.range[0]
  }
  return 0
}

/** A faulty mapping is better shown at its key than at its first member. */
function keyOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const pair = parent.items.find(({ key }) => isNode(key) && String(key) === String(path.at(-1)))
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined
}

export const invalid = (diagnostics: Diagnostic[]): Fault =>
  new Fault('config_invalid', { detail: `\n${diagnostics.map(formatDiagnostic).join('\n')}`, extra: { diagnostics } })
