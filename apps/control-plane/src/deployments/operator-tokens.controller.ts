import { privatePortOf } from '@copse/contracts'
import { Body, Controller, Post } from '@nestjs/common'
import { z } from 'zod'
import { OperatorKey } from '../identity/operator-key.ts'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Deployments } from './deployments.service.ts'

const request = z.strictObject({
  who: z.string().min(1).max(128),
  can: z.enum(['read', 'operate']).default('read'),
  /** Nobody can take a token back: so it is short. */
  minutes: z.number().int().min(1).max(720).default(15),
})
type TokenRequest = z.infer<typeof request>

interface OperatorToken {
  token: string
  expiresAt: string
  /** Where it is of use. */
  url: string
}

/** For people and programs that talk to a tenant's own process: it checks the token by itself. */
@Controller('v1')
export class OperatorTokensController {
  constructor(
    private readonly deployments: Deployments,
    private readonly key: OperatorKey,
  ) {}

  @Post('tenants/:tenant/operator-tokens')
  async mint(@TenantParam() tenant: TenantView, @Body({ schema: request }) body: TokenRequest): Promise<OperatorToken> {
    const { deployment } = await this.deployments.get(tenant.id)
    const until = Date.now() + body.minutes * 60_000
    return {
      token: this.key.mint({ tenant: tenant.id, who: body.who, can: body.can, until }),
      expiresAt: new Date(until).toISOString(),
      url: privateUrl(deployment),
    }
  }
}

/** The process host's instances keep their private listener on loopback. */
const privateUrl = ({ port, dev }: { port: number; dev: boolean }): string =>
  `http://127.0.0.1:${dev ? port : privatePortOf(port)}`
