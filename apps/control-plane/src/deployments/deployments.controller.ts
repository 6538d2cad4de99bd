import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common'
import { z } from 'zod'
import type { TenantView } from '../tenants/tenant.ts'
import { TenantParam } from '../tenants/tenant.param.ts'
import { Deployments, type DeploymentRequest } from './deployments.service.ts'
import { Host } from './host.ts'
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
  /** What was published last; `instance.release` is what runs, null while it does not say. */
  activeRelease: number | null
  instance: {
    state: string
    detail: string | null
    attempts: number
    startedAt: Date | null
    process: string | null
    release: number | null
  }
}

@Controller('v1')
export class DeploymentsController {
  constructor(
    private readonly deployments: Deployments,
    private readonly host: Host,
  ) {}

  @Post('tenants/:tenant/deployment')
  @HttpCode(202)
  async request(
    @TenantParam() tenant: TenantView,
    @Body({ schema: request }) body: DeploymentRequest,
  ): Promise<DeploymentView> {
    return this.#view(await this.deployments.request(tenant.id, body))
  }

  @Get('tenants/:tenant/deployment')
  async get(@TenantParam() tenant: TenantView): Promise<DeploymentView> {
    return this.#view(await this.deployments.get(tenant.id))
  }

  @Get('instances')
  async list(): Promise<{ items: DeploymentView[] }> {
    const placements = await this.deployments.list()
    return { items: await Promise.all(placements.map((placement) => this.#view(placement))) }
  }

  /** Asks the process itself what it runs: it may have refused what was published, or never heard of it. */
  async #view({ tenant, activeRelease, deployment, known }: Placement): Promise<DeploymentView> {
    const { desired, port, dev } = deployment
    const { state, detail, attempts, startedAt, ref } = known
    const release = ref && state === 'running' ? ((await this.host.release(tenant, ref)) ?? null) : null
    const instance = { state, detail, attempts, startedAt, process: ref?.id ?? null, release }
    return { tenant, desired, port, dev, url: `http://127.0.0.1:${port}`, activeRelease, instance }
  }
}
