import { catalogueOf } from '@copse/connectors/manifests'
import { digest, Fault, hasErrors, type Diagnostic } from '@copse/contracts'
import { besideOf, compileProcedure, type Beside, type Catalogue } from '@copse/procedures'
import { z } from 'zod'
import { readConnectors } from '../tenants/bindings.service.ts'
import type { Tx } from '../database/database.ts'

/** A procedure's YAML, as it is or in JSON. */
export const procedureSource = z
  .union([z.string().min(1), z.strictObject({ source: z.string().min(1) })])
  .transform((body) => (typeof body === 'string' ? body : body.source))

export interface VersionView {
  id: string
  version: number
  digest: string
  /** False when the same text was there already. */
  created: boolean
  diagnostics: Diagnostic[]
}

export const sourceDigest = (source: string): string => digest(source)

/** What a tenant's procedures may call: the operations of its connectors. */
export async function readCatalogue(tx: Tx, tenantId: string): Promise<Catalogue> {
  const offered = catalogueOf(await readConnectors(tx, tenantId))
  return { operations: Object.fromEntries([...offered].map(([name, { operation }]) => [name, operation])) }
}

export type Compiled = ReturnType<typeof compileProcedure>

/** Procedures that one can name as a step. Tables stand in the procedure here: there is no place for other files. */
export const besideProcedures = (sources: readonly { id: string; text: string }[]): Beside =>
  besideOf(() => sources.map(({ id, text }) => ({ file: id, text })))

/** The address and the file must agree on the id, else a session would name a procedure that nobody can find. */
export function compile(id: string, source: string, catalogue: Catalogue): Compiled {
  const compiled = compileProcedure(source, catalogue, { file: id })
  if (!compiled.ok || compiled.procedure.id === id) return compiled
  const differs: Diagnostic = {
    code: 'id_differs',
    severity: 'error',
    message: `The file says id "${compiled.procedure.id}", the address says "${id}".`,
    fix: `Write \`id: ${id}\`, or use the other address.`,
    file: id,
    line: 1,
    column: 1,
    path: 'id',
  }
  return { ok: false, diagnostics: [...compiled.diagnostics, differs] }
}

export function refuse(diagnostics: readonly Diagnostic[]): void {
  if (hasErrors(diagnostics)) throw new Fault('procedure_invalid', { extra: { diagnostics } })
}
