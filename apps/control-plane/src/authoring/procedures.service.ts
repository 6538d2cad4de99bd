import { Fault } from '@copse/contracts'
import { Injectable } from '@nestjs/common'
import { Database, type Tx } from '../database/database.ts'
import { unknownLibraryProcedure } from './library.service.ts'
import { readSources } from '../releases/sources.ts'
import { besideProcedures, compile, readCatalogue, refuse, sourceDigest, type VersionView } from './source.ts'

export interface BindingView {
  procedure: string
  version: number | 'latest'
}

@Injectable()
export class Procedures {
  constructor(private readonly database: Database) {}

  list(tenantId: string): Promise<{ id: string; latest: number; createdAt: Date }[]> {
    return this.database.withTenant(tenantId, (tx) =>
      tx.procedure.findMany({
        where: { tenantId, libraryId: null },
        orderBy: { id: 'asc' },
        select: { id: true, latest: true, createdAt: true },
      }),
    )
  }

  put(tenantId: string, id: string, source: string): Promise<VersionView> {
    const digest = sourceDigest(source)
    return this.database.changeTenant(tenantId, async (tx) => {
      const beside = besideProcedures(await readSources(tx, tenantId))
      const compiled = compile(id, source, { ...(await readCatalogue(tx, tenantId)), beside })
      refuse(compiled.diagnostics)
      const where = { tenantId_id: { tenantId, id } }
      const parent = await tx.procedure.upsert({ where, create: { tenantId, id }, update: {} })
      if (parent.libraryId !== null) {
        throw new Fault('already_exists', { detail: `"${id}" is bound from the library. Choose another id.` })
      }
      const { diagnostics } = compiled
      const latest = await tx.procedureVersion.findFirst({
        where: { tenantId, procedureId: id, number: parent.latest },
      })
      if (latest?.digest === digest) return { id, version: latest.number, digest, created: false, diagnostics }
      const { latest: number } = await tx.procedure.update({ where, data: { latest: { increment: 1 } } })
      await tx.procedureVersion.create({ data: { tenantId, procedureId: id, number, source, digest } })
      return { id, version: number, digest, created: true, diagnostics }
    })
  }

  bindings(tenantId: string): Promise<BindingView[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const rows = await tx.procedure.findMany({
        where: { tenantId, libraryId: { not: null } },
        orderBy: { id: 'asc' },
      })
      return rows.map((row) => ({ procedure: row.id, version: row.pinned ?? 'latest' }))
    })
  }

  bind(tenantId: string, { procedure: id, version }: BindingView): Promise<BindingView> {
    return this.database.changeTenant(tenantId, async (tx) => {
      await mustBeInLibrary(tx, id, version)
      const pinned = version === 'latest' ? null : version
      const row = await tx.procedure.upsert({
        where: { tenantId_id: { tenantId, id } },
        create: { tenantId, id, libraryId: id, pinned },
        update: {},
      })
      if (row.libraryId === null) {
        throw new Fault('already_exists', { detail: `"${id}" is a procedure of this tenant. Choose another id.` })
      }
      await tx.procedure.update({ where: { tenantId_id: { tenantId, id } }, data: { pinned } })
      return { procedure: id, version }
    })
  }
}

async function mustBeInLibrary(tx: Tx, id: string, version: number | 'latest'): Promise<void> {
  const number = version === 'latest' ? {} : { number: version }
  const found = await tx.libraryVersion.findFirst({ where: { procedureId: id, ...number } })
  if (found === null) throw unknownLibraryProcedure(id)
}
