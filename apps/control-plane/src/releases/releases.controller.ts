import type { Release } from '@copse/contracts'
import { Controller, Get, Post } from '@nestjs/common'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Releases, type Published, type ReleaseSummary } from './releases.service.ts'

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
}
