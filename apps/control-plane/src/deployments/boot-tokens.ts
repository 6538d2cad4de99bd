import type { Bootstrap } from '@copse/contracts'
import { hashToken, mintToken } from '@copse/vault'
import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.ts'

@Injectable()
export class BootTokens {
  constructor(private readonly database: Database) {}

  /**
   * What an instance starts with. The token it was given before stays as long as it is the current one: the instance's
   * saved bundle is sealed under it. Only the hash is kept here.
   */
  async bootstrapFor(tenantId: string, controlPlaneUrl: string, given: Bootstrap | undefined): Promise<Bootstrap> {
    return this.database.withTenant(tenantId, async (tx) => {
      const deployment = await tx.deployment.findUniqueOrThrow({ where: { tenantId } })
      if (given !== undefined && hashToken(given.token) === deployment.tokenHash) return { ...given, controlPlaneUrl }
      const token = mintToken('copse_boot')
      await tx.deployment.update({ where: { tenantId }, data: { tokenHash: hashToken(token) } })
      return { controlPlaneUrl, tenantId, token }
    })
  }
}
