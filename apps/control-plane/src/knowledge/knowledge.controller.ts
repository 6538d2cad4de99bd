import { Fault, knowledgeText } from '@copse/contracts'
import { Body, Controller, Get, Put } from '@nestjs/common'
import { z } from 'zod'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Knowledge, type KnowledgeView } from './knowledge.service.ts'

/** The text as it is, or in JSON. */
const knowledge = z
  .union([z.string(), z.strictObject({ text: z.string() })])
  .transform((body) => (typeof body === 'string' ? body : body.text))
  .pipe(knowledgeText)

@Controller('v1/tenants/:tenant/knowledge')
export class KnowledgeController {
  constructor(private readonly knowledge: Knowledge) {}

  @Get()
  async get(@TenantParam() tenant: TenantView): Promise<KnowledgeView> {
    const latest = await this.knowledge.get(tenant.id)
    if (latest === undefined) throw new Fault('not_found')
    return latest
  }

  @Put()
  async put(
    @TenantParam() tenant: TenantView,
    @Body({ schema: knowledge }) text: string,
  ): Promise<{ version: number }> {
    const { version } = await this.knowledge.put(tenant.id, text)
    return { version }
  }
}
