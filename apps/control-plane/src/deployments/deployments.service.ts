import { Fault, privatePortOf } from '@copse/contracts'
import { Injectable } from '@nestjs/common'
import { Config } from '../config.ts'
import { Database, isDuplicate } from '../database/database.ts'
import { nothingKnown } from './decide.ts'
import { Instances, placementOf, type Placement } from './instances.ts'
import { Reconciler } from './reconciler.ts'

const firstPort = 8002

/** What a tenant at `port` listens on; the second for its own people, unless it is for development, which may change. */
const portsOf = (port: number): number[] => [port, privatePortOf(port)]

export interface DeploymentRequest {
  desired: 'running' | 'stopped'
  port?: number | undefined
  dev?: boolean | undefined
}

@Injectable()
export class Deployments {
  constructor(
    private readonly config: Config,
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
    if (request.port !== undefined) await this.#refuseTaken(tenantId, request.port)
    let port = await this.#freePort(tenantId)
    while (!(await this.#save(tenantId, request, port))) port = await this.#freePort(tenantId)
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

  async #freePort(tenantId: string): Promise<number> {
    const taken = await this.#taken(tenantId)
    let port = firstPort
    while (portsOf(port).some((each) => taken.has(each))) port++
    return port
  }

  /** Who has which port, beside this tenant. */
  async #taken(tenantId: string): Promise<Map<number, string>> {
    const rows = await this.database.withSystem((tx) =>
      tx.deployment.findMany({
        where: { NOT: { tenantId } },
        select: { port: true, tenant: { select: { slug: true } } },
      }),
    )
    const taken = new Map([[this.config.port, 'the control plane']])
    for (const { port, tenant } of rows)
      for (const each of portsOf(port)) taken.set(each, `the tenant "${tenant.slug}"`)
    return taken
  }

  /** Its process would end at each start, and the other's too once that starts anew. What it has already it may name. */
  async #refuseTaken(tenantId: string, port: number): Promise<void> {
    const had = await this.database.withTenant(tenantId, (tx) => tx.deployment.findUnique({ where: { tenantId } }))
    if (had?.port === port) return
    const taken = await this.#taken(tenantId)
    for (const each of portsOf(port)) {
      const by = taken.get(each)
      const why = each === port ? '' : `, and port ${port} comes with it, for the tenant's own people`
      if (by !== undefined) throw new Fault('already_exists', { detail: `Port ${each} is of ${by}${why}.` })
    }
  }
}
