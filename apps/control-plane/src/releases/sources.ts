import type { Tx } from '../database/database.ts'

/** The text of a procedure that a release will hold, and the number of its version. */
export interface Source {
  id: string
  number: number
  text: string
}

/** A tenant's own procedures in their latest version, and the library's that it binds, latest or pinned; by id. */
export async function readSources(tx: Tx, tenantId: string): Promise<Source[]> {
  const rows = await tx.procedure.findMany({
    where: { tenantId, withdrawn: false },
    include: { library: true },
    orderBy: { id: 'asc' },
  })
  return Promise.all(
    rows.map(async ({ id, latest, library, pinned }) => {
      const number = library === null ? latest : (pinned ?? library.latest)
      const { source } =
        library === null
          ? await tx.procedureVersion.findUniqueOrThrow({
              where: { tenantId_procedureId_number: { tenantId, procedureId: id, number } },
            })
          : await tx.libraryVersion.findUniqueOrThrow({ where: { procedureId_number: { procedureId: id, number } } })
      return { id, number, text: source }
    }),
  )
}
