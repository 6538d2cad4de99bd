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
        where: { tenantId, libraryId: null, withdrawn: false },
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
      const parent = await tx.procedure.upsert({ where, create: { tenantId, id }, update: { withdrawn: false } })
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

  /** From the next release on. Its versions stay: put again, it goes on with the next number. Fault `not_found`. */
  withdraw(tenantId: string, id: string): Promise<void> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const { count } = await tx.procedure.updateMany({
        where: { tenantId, id, libraryId: null, withdrawn: false },
        data: { withdrawn: true },
      })
      if (count === 0) throw new Fault('not_found', { detail: `This tenant has no procedure "${id}" of its own.` })
    })
  }

  /** From the next release on. Fault `not_found`. */
  unbind(tenantId: string, id: string): Promise<void> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const { count } = await tx.procedure.updateMany({
        where: { tenantId, id, libraryId: { not: null } },
        data: { libraryId: null, pinned: null, withdrawn: true },
      })
      if (count === 0) throw new Fault('not_found', { detail: `This tenant binds no library procedure "${id}".` })
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
      if (row.libraryId === null && !row.withdrawn) {
        throw new Fault('already_exists', {
          detail: `"${id}" is a procedure of this tenant. Take that away first, or choose another id.`,
        })
      }
      const bound = { libraryId: id, pinned, withdrawn: false }
      await tx.procedure.update({ where: { tenantId_id: { tenantId, id } }, data: bound })
      return { procedure: id, version }
    })
  }
}

async function mustBeInLibrary(tx: Tx, id: string, version: number | 'latest'): Promise<void> {
  const number = version === 'latest' ? {} : { number: version }
  const found = await tx.libraryVersion.findFirst({ where: { procedureId: id, ...number } })
  if (found === null) throw unknownLibraryProcedure(id)
}
