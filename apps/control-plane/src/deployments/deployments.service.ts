import { Fault } from '@copse/contracts'
import { Injectable } from '@nestjs/common'
import { Database, isDuplicate } from '../database/database.ts'
import { nothingKnown } from './decide.ts'
import { Instances, placementOf, type Placement } from './instances.ts'
import { Reconciler } from './reconciler.ts'

/** The control plane itself listens on 8001. */
const firstPort = 8002

export interface DeploymentRequest {
  desired: 'running' | 'stopped'
  port?: number | undefined
  dev?: boolean | undefined
}

@Injectable()
export class Deployments {
  constructor(
    private readonly database: Database,
    private readonly instances: Instances,
    private readonly reconciler: Reconciler,
  ) {}

  list(): Promise<Placement[]> {
    return this.instances.list()
  }

  async get(tenantId: string): Promise<Placement> {
    const tenant = await this.database.withTenant(tenantId, (tx) =>
      tx.tenant.findUniqueOrThrow({ where: { id: tenantId }, include: { deployment: true, instance: true } }),
    )
    if (tenant.deployment === null) throw new Fault('not_found', { detail: 'This tenant was not deployed yet.' })
    return placementOf(tenant, tenant.deployment, tenant.instance)
  }

  /** Says what is wanted; the reconciler sees to it. What is not said stays as it was. */
  async request(tenantId: string, request: DeploymentRequest): Promise<Placement> {
    let port = await this.#freePort()
    while (!(await this.#save(tenantId, request, port))) port = await this.#freePort()
    this.reconciler.trigger()
    return this.get(tenantId)
  }

  /** False when another tenant took the free port meanwhile. */
  async #save(tenantId: string, { desired, port, dev }: DeploymentRequest, free: number): Promise<boolean> {
    try {
      await this.database.withTenant(tenantId, async (tx) => {
        const { activeRelease } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } })
        if (desired === 'running' && activeRelease === null) {
          throw new Fault('not_ready', { detail: 'Publish a release first.' })
        }
        await tx.deployment.upsert({
          where: { tenantId },
          create: { tenantId, desired, port: port ?? free, dev: dev ?? false },
          update: { desired, ...(port === undefined ? {} : { port }), ...(dev === undefined ? {} : { dev }) },
        })
        // Who asks again does not want to wait for the end of a back-off.
        await tx.instance.updateMany({
          where: { tenantId, state: 'waiting' },
          data: { attempts: nothingKnown.attempts, dueAt: nothingKnown.dueAt },
        })
      })
      return true
    } catch (error) {
      if (!isDuplicate(error)) throw error
      if (port === undefined) return false
      throw new Fault('already_exists', { detail: `Another tenant has port ${port}.` })
    }
  }

  async #freePort(): Promise<number> {
    const rows = await this.database.withSystem((tx) => tx.deployment.findMany({ select: { port: true } }))
    const taken = new Set(rows.map((row) => row.port))
    let port = firstPort
    while (taken.has(port)) port++
    return port
  }
}
