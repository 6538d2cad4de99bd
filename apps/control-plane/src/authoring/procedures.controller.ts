import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common'
import { z } from 'zod'
import { name } from '../http/validation.ts'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Procedures, type BindingView } from './procedures.service.ts'
import { procedureSource, type VersionView } from './source.ts'

const binding = z.strictObject({
  procedure: name,
  version: z.union([z.int32().positive(), z.literal('latest')]).default('latest'),
})

@Controller('v1/tenants/:tenant')
export class ProceduresController {
  constructor(private readonly procedures: Procedures) {}

  @Get('procedures')
  async list(@TenantParam() tenant: TenantView): Promise<{ items: object[] }> {
    return { items: await this.procedures.list(tenant.id) }
  }

  @Put('procedures/:id')
  put(
    @TenantParam() tenant: TenantView,
    @Param('id', { schema: name }) id: string,
    @Body({ schema: procedureSource }) source: string,
  ): Promise<VersionView> {
    return this.procedures.put(tenant.id, id, source)
  }

  @Delete('procedures/:id')
  @HttpCode(204)
  withdraw(@TenantParam() tenant: TenantView, @Param('id', { schema: name }) id: string): Promise<void> {
    return this.procedures.withdraw(tenant.id, id)
  }

  @Get('bindings')
  async bindings(@TenantParam() tenant: TenantView): Promise<{ items: BindingView[] }> {
    return { items: await this.procedures.bindings(tenant.id) }
  }

  /** Binding again moves the pin. */
  @Post('bindings')
  @HttpCode(200)
  bind(@TenantParam() tenant: TenantView, @Body({ schema: binding }) body: BindingView): Promise<BindingView> {
    return this.procedures.bind(tenant.id, body)
  }

  @Delete('bindings/:id')
  @HttpCode(204)
  unbind(@TenantParam() tenant: TenantView, @Param('id', { schema: name }) id: string): Promise<void> {
    return this.procedures.unbind(tenant.id, id)
  }
}
