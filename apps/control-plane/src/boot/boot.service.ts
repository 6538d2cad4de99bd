import { Fault, type Bundle } from '@copse/contracts'
import { hashToken } from '@copse/vault'
import { Injectable } from '@nestjs/common'
import { Credentials, latestVersions } from '../credentials/credentials.service.ts'
import { Database } from '../database/database.ts'
import { OperatorKey } from '../identity/operator-key.ts'
import { readActive } from '../releases/active.ts'

export interface TaggedBundle {
  etag: string
  bundle: Bundle
}

@Injectable()
export class Boot {
  constructor(
    private readonly database: Database,
    private readonly credentials: Credentials,
    private readonly operatorKey: OperatorKey,
  ) {}

  /** A token says by itself whose it is: a wrong one and one of an unknown tenant are the same to us. */
  async tenantOf(token: string): Promise<string> {
    const where = { tokenHash: hashToken(token) }
    const deployment = await this.database.withSystem((tx) => tx.deployment.findUnique({ where }))
    if (deployment === null) throw new Fault('token_invalid')
    return deployment.tenantId
  }

  bundle(tenantId: string): Promise<TaggedBundle> {
    return this.database.withTenant(tenantId, async (tx) => {
      const active = await readActive(tx, tenantId)
      if (active === undefined) throw new Fault('not_ready', { detail: 'This tenant has no release yet.' })
      const { release, credentials: published } = active
      const current = await latestVersions(tx, tenantId, Object.keys(published))
      const opened = await this.credentials.open(tx, tenantId, current)
      const credentials = Object.fromEntries(Object.entries(opened).map(([name, value]) => [name, value.reveal()]))
      return {
        etag: etagOf(release.digest, published, current),
        bundle: { release, credentials, operatorKey: this.operatorKey.publicKey },
      }
    })
  }
}

const sum = (versions: Record<string, number>): number => Object.values(versions).reduce((a, b) => a + b, 0)

/** The release's digest, and after it how many times its credentials were replaced since: those count at once. */
function etagOf(digest: string, published: Record<string, number>, current: Record<string, number>): string {
  const replaced = sum(current) - sum(published)
  return replaced === 0 ? `"${digest}"` : `"${digest}.${replaced}"`
}
