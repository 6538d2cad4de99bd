import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.ts'
import { Prisma, type Deployment, type Instance, type Tenant } from '../generated/prisma/client.ts'
import { nothingKnown, type Known } from './decide.ts'
import type { InstanceRef } from './host.ts'

export interface Placement {
  tenant: { id: string; slug: string }
  /** What was published last. */
  activeRelease: number | null
  deployment: Deployment
  known: Known
}

/** The rows that the reconciler compares: what is wanted and what is known, of all tenants. */
@Injectable()
export class Instances {
  constructor(private readonly database: Database) {}

  async list(): Promise<Placement[]> {
    const rows = await this.database.withSystem((tx) =>
      tx.deployment.findMany({ include: { tenant: { include: { instance: true } } }, orderBy: { port: 'asc' } }),
    )
    return rows.map(({ tenant, ...deployment }) => placementOf(tenant, deployment, tenant.instance))
  }

  async save(tenantId: string, known: Known): Promise<void> {
    const data = { ...known, ref: known.ref === null ? Prisma.DbNull : { ...known.ref } }
    await this.database.withTenant(tenantId, (tx) =>
      tx.instance.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data }),
    )
  }
}

export function placementOf(tenant: Tenant, deployment: Deployment, instance: Instance | null): Placement {
  const { id, slug, activeRelease } = tenant
  if (instance === null) return { tenant: { id, slug }, activeRelease, deployment, known: nothingKnown }
  const { tenantId: _, ...rest } = instance
  const known = { ...rest, state: rest.state as Known['state'], ref: rest.ref as InstanceRef | null }
  return { tenant: { id, slug }, activeRelease, deployment, known }
}
