import { release as releaseShape, type Release } from '@copse/contracts'
import type { Tx } from '../database/database.ts'
import type { Release as ReleaseRow } from '../generated/prisma/client.ts'

/** An active release as the boot room hands it out. */
export interface ActiveRelease {
  release: Release
  /** Credential name → version at publication. */
  credentials: Record<string, number>
}

export async function readActive(tx: Tx, tenantId: string): Promise<ActiveRelease | undefined> {
  const row = await activeRow(tx, tenantId)
  if (row === undefined) return undefined
  return {
    release: readBody(row),
    credentials: row.credentials as Record<string, number>,
  }
}

export async function activeRow(tx: Tx, tenantId: string): Promise<ReleaseRow | undefined> {
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { active: true } })
  return tenant.active ?? undefined
}

export const readBody = ({ body }: ReleaseRow): Release => releaseShape.parse(JSON.parse(body))
