import { channelBinding, connectorBinding, type ChannelBinding, type ConnectorBinding } from '@copse/contracts'
import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common'
import type { z } from 'zod'
import { name } from '../http/validation.ts'
import { Bindings } from './bindings.service.ts'
import type { TenantView } from './tenant.ts'
import { TenantParam } from './tenant.param.ts'

/** The name stands in the address. */
const connectorBody = connectorBinding.omit({ name: true }).strict()
const channelBody = channelBinding.omit({ name: true }).strict()

@Controller('v1/tenants/:tenant')
export class BindingsController {
  constructor(private readonly bindings: Bindings) {}

  @Get('connectors')
  async connectors(@TenantParam() tenant: TenantView): Promise<{ items: ConnectorBinding[] }> {
    return { items: await this.bindings.connectors(tenant.id) }
  }

  @Put('connectors/:name')
  putConnector(
    @TenantParam() tenant: TenantView,
    @Param('name', { schema: name }) connector: string,
    @Body({ schema: connectorBody }) body: z.infer<typeof connectorBody>,
  ): Promise<ConnectorBinding> {
    return this.bindings.putConnector(tenant.id, { name: connector, ...body })
  }

  @Delete('connectors/:name')
  @HttpCode(204)
  removeConnector(
    @TenantParam() tenant: TenantView,
    @Param('name', { schema: name }) connector: string,
  ): Promise<void> {
    return this.bindings.removeConnector(tenant.id, connector)
  }

  @Get('channels')
  async channels(@TenantParam() tenant: TenantView): Promise<{ items: ChannelBinding[] }> {
    return { items: await this.bindings.channels(tenant.id) }
  }

  @Put('channels/:name')
  putChannel(
    @TenantParam() tenant: TenantView,
    @Param('name', { schema: name }) channel: string,
    @Body({ schema: channelBody }) body: z.infer<typeof channelBody>,
  ): Promise<ChannelBinding> {
    return this.bindings.putChannel(tenant.id, { name: channel, ...body })
  }

  @Delete('channels/:name')
  @HttpCode(204)
  removeChannel(@TenantParam() tenant: TenantView, @Param('name', { schema: name }) channel: string): Promise<void> {
    return this.bindings.removeChannel(tenant.id, channel)
  }
}
