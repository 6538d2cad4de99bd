import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common'
import { z } from 'zod'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Deployments, type DeploymentRequest } from './deployments.service.ts'
import type { Placement } from './instances.ts'

const request = z.strictObject({
  desired: z.enum(['running', 'stopped']),
  port: z.number().int().min(1024).max(65_535).optional(),
  dev: z.boolean().optional(),
})

interface DeploymentView {
  tenant: { id: string; slug: string }
  desired: string
  port: number
  dev: boolean
  url: string
  instance: { state: string; detail: string | null; attempts: number; startedAt: Date | null; process: string | null }
}

@Controller('v1')
export class DeploymentsController {
  constructor(private readonly deployments: Deployments) {}

  @Post('tenants/:tenant/deployment')
  @HttpCode(202)
  async request(
    @TenantParam() tenant: TenantView,
    @Body({ schema: request }) body: DeploymentRequest,
  ): Promise<DeploymentView> {
    return view(await this.deployments.request(tenant.id, body))
  }

  @Get('tenants/:tenant/deployment')
  async get(@TenantParam() tenant: TenantView): Promise<DeploymentView> {
    return view(await this.deployments.get(tenant.id))
  }

  @Get('instances')
  async list(): Promise<{ items: DeploymentView[] }> {
    return { items: (await this.deployments.list()).map(view) }
  }
}

function view({ tenant, deployment: { desired, port, dev }, known }: Placement): DeploymentView {
  const { state, detail, attempts, startedAt, ref } = known
  const instance = { state, detail, attempts, startedAt, process: ref?.id ?? null }
  return { tenant, desired, port, dev, url: `http://127.0.0.1:${port}`, instance }
}
