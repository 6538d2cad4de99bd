import { Fault } from '@copse/contracts'
import { Secret } from '@copse/vault'
import { Injectable, type OnModuleInit } from '@nestjs/common'
import { Database, type Tx } from '../database/database.ts'
import { readActive } from '../releases/active.ts'
import { readChannels, readConnectors } from '../tenants/bindings.service.ts'
import { viewTenant } from '../tenants/tenant.ts'
import { misfits, type Uses } from './uses.ts'
import { Vault } from './vault.ts'

export interface CredentialView {
  name: string
  version: number
  createdAt: Date
}

@Injectable()
export class Credentials implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Another key would go unnoticed until a tenant needs a secret, and by then newer ones were sealed with it. */
  async onModuleInit(): Promise<void> {
    const key = await this.database.withSystem((tx) => tx.tenantKey.findFirst())
    if (key === null) return
    try {
      this.vault.assertOpens(key.tenantId, key.wrapped)
    } catch (cause) {
      const detail = 'The credentials were sealed with another key. Put back `COPSE_KEK`, or `kek` in the data folder.'
      throw new Fault('secret_unreadable', { detail, cause })
    }
  }

  list(tenantId: string): Promise<CredentialView[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const rows = await tx.credential.findMany({ where: { tenantId }, orderBy: { name: 'asc' } })
      return rows.map((row) => ({ name: row.name, version: row.latest, createdAt: row.createdAt }))
    })
  }

  /**
   * Every call is a new version: whether the value changed cannot be told without opening the old one. It is with what
   * runs within seconds, so it has to fit there: what is prepared for the next release then keeps nobody from renewing it,
   * and publishing asks for the rest. One that does not run fits what the next release names. Fault `config_invalid`.
   */
  put(tenantId: string, name: string, value: Secret): Promise<CredentialView> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const secrets = new Map([[name, value]])
      const tenant = viewTenant(await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }))
      const [connectors, channels] = [await readConnectors(tx, tenantId), await readChannels(tx, tenantId)]
      const active = await readActive(tx, tenantId)
      if (active !== undefined && Object.hasOwn(active.credentials, name))
        refuse(misfits(secrets, active.release).map((misfit) => `the active release, ${misfit}`))
      else refuse(misfits(secrets, { tenant, connectors, channels }))
      const row = await tx.credential.upsert({
        where: { tenantId_name: { tenantId, name } },
        create: { tenantId, name, latest: 1 },
        update: { latest: { increment: 1 } },
      })
      const place = { tenantId, name, version: row.latest }
      const sealed = this.vault.sealCredential(await dataKey(tx, tenantId), place, value)
      await tx.credentialVersion.create({ data: { tenantId, name, number: row.latest, sealed } })
      return { name, version: row.latest, createdAt: row.createdAt }
    })
  }

  /** That these versions are what `uses` needs. Fault `config_invalid`. */
  async check(tx: Tx, tenantId: string, uses: Uses, versions: Record<string, number>): Promise<void> {
    refuse(misfits(new Map(Object.entries(await this.open(tx, tenantId, versions))), uses))
  }

  /** The current values, for the bundle and for a look at their shape alone. */
  async open(tx: Tx, tenantId: string, versions: Record<string, number>): Promise<Record<string, Secret>> {
    const wrapped = await dataKey(tx, tenantId)
    const opened: Record<string, Secret> = {}
    for (const [name, version] of Object.entries(versions)) {
      const where = { tenantId_name_number: { tenantId, name, number: version } }
      const { sealed } = await tx.credentialVersion.findUniqueOrThrow({ where })
      opened[name] = this.vault.openCredential(wrapped, { tenantId, name, version }, sealed)
    }
    return opened
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
}

/** Name → newest version, of the names given; unknown names are missing. */
export async function latestVersions(
  tx: Tx,
  tenantId: string,
  names: readonly string[],
): Promise<Record<string, number>> {
  const rows = await tx.credential.findMany({ where: { tenantId, name: { in: [...names] } }, orderBy: { name: 'asc' } })
  return Object.fromEntries(rows.map((row) => [row.name, row.latest]))
}

async function dataKey(tx: Tx, tenantId: string): Promise<string> {
  const key = await tx.tenantKey.findUnique({ where: { tenantId } })
  if (key === null) throw new Fault('secret_unreadable')
  return key.wrapped
}
