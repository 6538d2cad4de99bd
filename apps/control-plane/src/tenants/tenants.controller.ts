import { modelBinding, type ModelBinding } from '@copse/contracts'
import { Body, Controller, Get, Patch, Post, Put } from '@nestjs/common'
import { z } from 'zod'
import { newTenant, tenantChange, type NewTenant, type TenantChange, type TenantView } from './tenant.ts'
import { TenantParam } from './tenant.param.ts'
import { Tenants } from './tenants.service.ts'

const identity = z.strictObject({ operation: z.string().min(1).nullable() })

@Controller('v1/tenants')
export class TenantsController {
  constructor(private readonly tenants: Tenants) {}

  @Post()
  create(@Body({ schema: newTenant }) body: NewTenant): Promise<TenantView> {
    return this.tenants.create(body)
  }

  @Get()
  async list(): Promise<{ items: TenantView[] }> {
    return { items: await this.tenants.list() }
  }

  @Get(':tenant')
  get(@TenantParam() tenant: TenantView): TenantView {
    return tenant
  }

  @Patch(':tenant')
  change(@TenantParam() tenant: TenantView, @Body({ schema: tenantChange }) body: TenantChange): Promise<TenantView> {
    return this.tenants.change(tenant.id, body)
  }

  @Put(':tenant/model')
  setModel(
    @TenantParam() tenant: TenantView,
    @Body({ schema: modelBinding.strict() }) body: ModelBinding,
  ): Promise<TenantView> {
    return this.tenants.setModel(tenant.id, body)
  }

  @Put(':tenant/identity')
  setIdentity(
    @TenantParam() tenant: TenantView,
    @Body({ schema: identity }) body: z.infer<typeof identity>,
  ): Promise<TenantView> {
    return this.tenants.setIdentity(tenant.id, body.operation)
  }
}
