import { canonicalJson, digest, Fault, type Diagnostic, type Release } from '@copse/contracts'
import { Injectable } from '@nestjs/common'
import { Credentials, latestVersions } from '../credentials/credentials.service.ts'
import { Database, type Tx } from '../database/database.ts'
import type { Release as ReleaseRow } from '../generated/prisma/client.ts'
import { activeRow, readActive, readBody } from './active.ts'
import { freeze, numbered } from './freeze.ts'

export interface ReleaseSummary {
  number: number
  digest: string
  active: boolean
  createdAt: Date
}

export interface Published extends ReleaseSummary {
  /** False when nothing had changed since the active release. */
  created: boolean
  procedures: { id: string; name: string; version: string; number: number; treeHash: string }[]
  /** Warnings: errors refuse a release. */
  diagnostics: Diagnostic[]
}

@Injectable()
export class Releases {
  constructor(
    private readonly database: Database,
    private readonly credentials: Credentials,
  ) {}

  /** Freezes what the tenant has now and makes it active. Running sessions stay on the versions they began with. */
  publish(tenantId: string): Promise<Published> {
    return this.database.withTenant(tenantId, async (tx) => {
      // Locks the tenant's row: two publications of a tenant come one after the other.
      const { releases: number } = await tx.tenant.update({
        where: { id: tenantId },
        data: { releases: { increment: 1 } },
      })
      const { body, credentials, diagnostics } = await freeze(tx, tenantId)
      await this.credentials.check(tx, tenantId, body, credentials)
      const content = digest({ body, credentials })
      const active = await activeRow(tx, tenantId)
      const unchanged = active?.content === content
      const row = unchanged ? active : await insert(tx, tenantId, numbered(body, number), content, credentials)
      // The active one need not be the last: somebody may have gone back.
      const releases = unchanged ? number - 1 : number
      await tx.tenant.update({ where: { id: tenantId }, data: { releases, activeRelease: row.number } })
      return { ...summary(row, row.number), created: !unchanged, procedures: briefly(body.procedures), diagnostics }
    })
  }

  list(tenantId: string): Promise<ReleaseSummary[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const { activeRelease } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })
      // Not their bodies: each holds everything that the tenant had.
      const select = { number: true, digest: true, createdAt: true }
      const rows = await tx.release.findMany({ where: { tenantId }, orderBy: { number: 'desc' }, select })
      return rows.map((row) => summary(row, activeRelease))
    })
  }

  /**
   * Makes one that was published before active again, as it was then; secrets are those of now. What the tenant has is
   * left as it is: the next publication brings it out. Faults `not_found`, `config_invalid`.
   */
  activate(tenantId: string, number: number): Promise<ReleaseSummary> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const row = await find(tx, tenantId, number)
      const named = Object.keys(row.credentials as Record<string, number>)
      await this.credentials.check(tx, tenantId, readBody(row), await latestVersions(tx, tenantId, named))
      await tx.tenant.update({ where: { id: tenantId }, data: { activeRelease: number } })
      return summary(row, number)
    })
  }

  async get(tenantId: string, number: number): Promise<Release> {
    return readBody(await this.database.withTenant(tenantId, (tx) => find(tx, tenantId, number)))
  }

  async active(tenantId: string): Promise<Release> {
    const found = await this.database.withTenant(tenantId, (tx) => readActive(tx, tenantId))
    if (found === undefined) throw new Fault('not_found', { detail: 'This tenant has no release yet.' })
    return found.release
  }
}

async function find(tx: Tx, tenantId: string, number: number): Promise<ReleaseRow> {
  const row = await tx.release.findUnique({ where: { tenantId_number: { tenantId, number } } })
  if (!row) throw new Fault('not_found', { detail: `This tenant has no release ${number}.` })
  return row
}

function insert(
  tx: Tx,
  tenantId: string,
  release: Release,
  content: string,
  credentials: Record<string, number>,
): Promise<ReleaseRow> {
  const { number, digest } = release
  return tx.release.create({
    data: { tenantId, number, digest, content, body: canonicalJson(release), credentials },
  })
}

const summary = (row: Pick<ReleaseRow, 'number' | 'digest' | 'createdAt'>, active: number | null): ReleaseSummary => ({
  number: row.number,
  digest: row.digest,
  active: row.number === active,
  createdAt: row.createdAt,
})

const briefly = (procedures: Release['procedures']): Published['procedures'] =>
  procedures.map(({ id, name, version, number, treeHash }) => ({ id, name, version, number, treeHash }))
