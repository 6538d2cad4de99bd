import { Secret } from '@copse/vault'
import { Body, Controller, Get, Param, Put } from '@nestjs/common'
import { z } from 'zod'
import { name } from '../http/validation.ts'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Credentials, type CredentialView } from './credentials.service.ts'

/** Becomes a Secret at the edge: nothing behind it can print the value. */
const credential = z.strictObject({
  value: z
    .string()
    .min(1)
    .max(65_536)
    .transform((value) => new Secret(value)),
})

@Controller('v1/tenants/:tenant/credentials')
export class CredentialsController {
  constructor(private readonly credentials: Credentials) {}

  @Get()
  async list(@TenantParam() tenant: TenantView): Promise<{ items: CredentialView[] }> {
    return { items: await this.credentials.list(tenant.id) }
  }

  @Put(':name')
  put(
    @TenantParam() tenant: TenantView,
    @Param('name', { schema: name }) credentialName: string,
    @Body({ schema: credential }) body: z.infer<typeof credential>,
  ): Promise<CredentialView> {
    return this.credentials.put(tenant.id, credentialName, body.value)
  }
}
