import type { Bundle } from '@copse/contracts'
import { Controller, Get, Headers, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { Public } from '../identity/admission.ts'
import { bearerToken } from '../identity/bearer.ts'
import { Boot } from './boot.service.ts'

/** For tenants' processes: their boot token opens their own bundle and nothing else. */
@Controller('boot')
export class BootController {
  constructor(private readonly boot: Boot) {}

  @Public()
  @Get('bundle')
  async bundle(
    @Headers('authorization') authorization: string | undefined,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Bundle | undefined> {
    const tenantId = await this.boot.tenantOf(bearerToken(authorization))
    const { etag, bundle } = await this.boot.bundle(tenantId)
    reply.headers({ etag, 'cache-control': 'no-store' })
    if (known !== etag) return bundle
    reply.status(304)
    return undefined
  }
}
