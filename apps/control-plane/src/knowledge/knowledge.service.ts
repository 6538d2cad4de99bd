import { Injectable } from '@nestjs/common'
import { Database, type Tx } from '../database/database.ts'

export interface KnowledgeView {
  version: number
  text: string
}

@Injectable()
export class Knowledge {
  constructor(private readonly database: Database) {}

  get(tenantId: string): Promise<KnowledgeView | undefined> {
    return this.database.withTenant(tenantId, (tx) => latestKnowledge(tx, tenantId))
  }

  /** The same text again is the same version. */
  put(tenantId: string, text: string): Promise<KnowledgeView> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const latest = await latestKnowledge(tx, tenantId)
      if (latest?.text === text) return latest
      const { knowledge } = await tx.tenant.update({ where: { id: tenantId }, data: { knowledge: { increment: 1 } } })
      await tx.knowledgeVersion.create({ data: { tenantId, number: knowledge, text } })
      return { version: knowledge, text }
    })
  }
}

export async function latestKnowledge(tx: Tx, tenantId: string): Promise<KnowledgeView | undefined> {
  const row = await tx.knowledgeVersion.findFirst({ where: { tenantId }, orderBy: { number: 'desc' } })
  return row === null ? undefined : { version: row.number, text: row.text }
}
