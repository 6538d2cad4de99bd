import { checkChannel } from '@copse/channels/manifests'
import { catalogueOf, checkNewBinding } from '@copse/connectors/manifests'
import { channelBinding, connectorBinding, Fault, type ChannelBinding, type ConnectorBinding } from '@copse/contracts'
import { Injectable } from '@nestjs/common'
import { Database, type Tx } from '../database/database.ts'

/** Which outside systems and channels a tenant uses. */
@Injectable()
export class Bindings {
  constructor(private readonly database: Database) {}

  connectors(tenantId: string): Promise<ConnectorBinding[]> {
    return this.database.withTenant(tenantId, (tx) => readConnectors(tx, tenantId))
  }

  channels(tenantId: string): Promise<ChannelBinding[]> {
    return this.database.withTenant(tenantId, (tx) => readChannels(tx, tenantId))
  }

  async putConnector(tenantId: string, binding: ConnectorBinding): Promise<ConnectorBinding> {
    const problems = checkNewBinding(binding)
    if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
    return this.database.changeTenant(tenantId, async (tx) => {
      const others = (await readConnectors(tx, tenantId)).filter((other) => other.name !== binding.name)
      refuseDuplicates(binding, others)
      await tx.connector.upsert({
        where: { tenantId_name: { tenantId, name: binding.name } },
        create: { tenantId, name: binding.name, binding },
        update: { binding },
      })
      return binding
    })
  }

  /** From the next release on. Fault `not_found`. */
  removeConnector(tenantId: string, connector: string): Promise<void> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const { count } = await tx.connector.deleteMany({ where: { tenantId, name: connector } })
      if (count === 0) throw new Fault('not_found', { detail: `This tenant has no connector "${connector}".` })
    })
  }

  /** From the next release on. Fault `not_found`. */
  removeChannel(tenantId: string, channel: string): Promise<void> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const { count } = await tx.channel.deleteMany({ where: { tenantId, name: channel } })
      if (count === 0) throw new Fault('not_found', { detail: `This tenant has no channel "${channel}".` })
    })
  }

  /** Its credential may be stored later: publishing asks for it, and for what is in it. */
  async putChannel(tenantId: string, binding: ChannelBinding): Promise<ChannelBinding> {
    const problems = checkChannel(binding)
    if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
    return this.database.changeTenant(tenantId, async (tx) => {
      await tx.channel.upsert({
        where: { tenantId_name: { tenantId, name: binding.name } },
        create: { tenantId, name: binding.name, binding },
        update: { binding },
      })
      return binding
    })
  }
}

export async function readConnectors(tx: Tx, tenantId: string): Promise<ConnectorBinding[]> {
  const rows = await tx.connector.findMany({ where: { tenantId }, orderBy: { name: 'asc' } })
  return rows.map((row) => connectorBinding.parse(row.binding))
}

export async function readChannels(tx: Tx, tenantId: string): Promise<ChannelBinding[]> {
  const rows = await tx.channel.findMany({ where: { tenantId }, orderBy: { name: 'asc' } })
  return rows.map((row) => channelBinding.parse(row.binding))
}

/** Procedures name an operation without its connector, so its name is one tenant-wide. */
function refuseDuplicates(binding: ConnectorBinding, others: readonly ConnectorBinding[]): void {
  const taken = catalogueOf(others)
  for (const name of catalogueOf([binding]).keys()) {
    const by = taken.get(name)?.connector
    if (by !== undefined) throw new Fault('already_exists', { detail: `"${name}" is an operation of "${by}".` })
  }
}
