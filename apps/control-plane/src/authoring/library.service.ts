import { Fault } from '@copse/contracts'
import { Injectable } from '@nestjs/common'
import { Database, type Tx } from '../database/database.ts'
import { besideProcedures, compile, refuse, sourceDigest, type VersionView } from './source.ts'

export interface LibraryView {
  id: string
  latest: number
  createdAt: Date
}

/** Which operations there are, and what they write, is known only where a tenant binds it: publication checks these. */
const ofOperations = new Set(['unknown_operation', 'unknown_field'])

/** Procedures of the platform, bound by tenants and never copied: one fix reaches all of them. */
@Injectable()
export class Library {
  constructor(private readonly database: Database) {}

  list(): Promise<LibraryView[]> {
    return this.database.withSystem((tx) => tx.libraryProcedure.findMany({ orderBy: { id: 'asc' } }))
  }

  put(id: string, source: string): Promise<VersionView> {
    const digest = sourceDigest(source)
    return this.database.withSystem(async (tx) => {
      // One upload after the other, each seeing what the last one left; readers do not wait.
      await tx.$executeRaw`LOCK TABLE library_procedure IN SHARE ROW EXCLUSIVE MODE`
      const beside = besideProcedures(await latestOf(tx))
      const { diagnostics } = compile(id, source, { operations: {}, beside })
      const own = diagnostics.filter((diagnostic) => !ofOperations.has(diagnostic.code))
      refuse(own)
      const parent = await tx.libraryProcedure.upsert({ where: { id }, create: { id }, update: {} })
      const where = { procedureId_number: { procedureId: id, number: parent.latest } }
      const latest = await tx.libraryVersion.findUnique({ where })
      if (latest?.digest === digest) {
        return { id, version: latest.number, digest, created: false, diagnostics: own }
      }
      const { latest: number } = await tx.libraryProcedure.update({
        where: { id },
        data: { latest: { increment: 1 } },
      })
      await tx.libraryVersion.create({ data: { procedureId: id, number, source, digest } })
      return { id, version: number, digest, created: true, diagnostics: own }
    })
  }
}

async function latestOf(tx: Tx): Promise<{ id: string; text: string }[]> {
  const versions = await tx.libraryVersion.findMany({
    distinct: ['procedureId'],
    orderBy: [{ procedureId: 'asc' }, { number: 'desc' }],
  })
  return versions.map(({ procedureId, source }) => ({ id: procedureId, text: source }))
}

export const unknownLibraryProcedure = (id: string): Fault =>
  new Fault('not_found', { detail: `The library has no procedure "${id}", or not in this version.` })
