import { randomUUID } from 'node:crypto'
import { Fault, modelBinding, type ModelBinding } from '@copse/contracts'
import { Injectable } from '@nestjs/common'
import { Vault } from '../credentials/vault.ts'
import { Database, isDuplicate } from '../database/database.ts'
import { changeProfile, slug, viewTenant, type NewTenant, type TenantChange, type TenantView } from './tenant.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

@Injectable()
export class Tenants {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  async create(tenant: NewTenant): Promise<TenantView> {
    const id = randomUUID()
    try {
      return await this.database.withSystem(async (tx) => {
        const row = await tx.tenant.create({ data: { id, ...tenant, model: modelBinding.parse({}) } })
        await tx.tenantKey.create({ data: { tenantId: id, wrapped: this.vault.newDataKey(id) } })
        return viewTenant(row)
      })
    } catch (error) {
      if (isDuplicate(error)) throw new Fault('already_exists', { detail: `The slug "${tenant.slug}" is taken.` })
      throw error
    }
  }

  async list(): Promise<TenantView[]> {
    const rows = await this.database.withSystem((tx) => tx.tenant.findMany({ orderBy: { slug: 'asc' } }))
    return rows.map(viewTenant)
  }

  async find(idOrSlug: string): Promise<TenantView> {
    // Neither can hold what the database cannot; other text names nobody.
    const where = uuid.test(idOrSlug) ? { id: idOrSlug } : { slug: slug.safeParse(idOrSlug).data ?? '' }
    const row = await this.database.withSystem((tx) => tx.tenant.findUnique({ where }))
    if (row === null) throw new Fault('not_found')
    return viewTenant(row)
  }

  change(id: string, { name, profile }: TenantChange): Promise<TenantView> {
    return this.database.changeTenant(id, async (tx) => {
      const before = viewTenant(await tx.tenant.findUniqueOrThrow({ where: { id } }))
      const data = {
        ...(name === undefined ? {} : { name }),
        ...(profile === undefined ? {} : { profile: changeProfile(before.profile, profile) }),
      }
      return viewTenant(await tx.tenant.update({ where: { id }, data }))
    })
  }

  setModel(id: string, model: ModelBinding): Promise<TenantView> {
    return this.#update(id, { model })
  }

  setIdentity(id: string, operation: string | null): Promise<TenantView> {
    return this.#update(id, { identity: operation })
  }

  async #update(id: string, data: object): Promise<TenantView> {
    return viewTenant(await this.database.withTenant(id, (tx) => tx.tenant.update({ where: { id }, data })))
  }
}
