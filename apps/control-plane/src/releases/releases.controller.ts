import type { Release } from '@copse/contracts'
import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common'
import { z } from 'zod'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Releases, type Published, type ReleaseSummary } from './releases.service.ts'

const number = z.int32().positive()
const earlier = z.strictObject({ number })
const inPath = z.coerce.number().pipe(number)

@Controller('v1/tenants/:tenant/releases')
export class ReleasesController {
  constructor(private readonly releases: Releases) {}

  @Post()
  publish(@TenantParam() tenant: TenantView): Promise<Published> {
    return this.releases.publish(tenant.id)
  }

  @Get()
  async list(@TenantParam() tenant: TenantView): Promise<{ items: ReleaseSummary[] }> {
    return { items: await this.releases.list(tenant.id) }
  }

  @Get('active')
  active(@TenantParam() tenant: TenantView): Promise<Release> {
    return this.releases.active(tenant.id)
  }

  /** Back to one that was published before. */
  @Put('active')
  activate(
    @TenantParam() tenant: TenantView,
    @Body({ schema: earlier }) body: z.infer<typeof earlier>,
  ): Promise<ReleaseSummary> {
    return this.releases.activate(tenant.id, body.number)
  }

  @Get(':number')
  get(@TenantParam() tenant: TenantView, @Param('number', { schema: inPath }) wanted: number): Promise<Release> {
    return this.releases.get(tenant.id, wanted)
  }
}
