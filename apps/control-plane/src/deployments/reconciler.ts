import { isDeepStrictEqual } from 'node:util'
import { reasonOf } from '@copse/contracts'
import { Injectable, Logger } from '@nestjs/common'
import { Config } from '../config.ts'
import { Jobs } from '../jobs/jobs.ts'
import { BootTokens } from './boot-tokens.ts'
import { decide, failed, type Known, type Wanted } from './decide.ts'
import { Host, type TenantName } from './host.ts'
import { Instances, type Placement } from './instances.ts'

const job = 'reconcile'
/** Something is under way: look again soon instead of at the next regular pass. */
const soonMs = 300

/** Brings what runs to what is wanted, again and again. */
@Injectable()
export class Reconciler {
  readonly #logger = new Logger('deployments')
  #url = ''

  constructor(
    private readonly config: Config,
    private readonly jobs: Jobs,
    private readonly instances: Instances,
    private readonly tokens: BootTokens,
    private readonly host: Host,
  ) {}

  /** Once this process answers at `url`: instances ask there for their bundle. */
  async begin(url: string): Promise<void> {
    this.#url = url
    await this.jobs.define(job, this.config.reconcileEveryMs, () => this.#pass())
  }

  trigger(): void {
    this.jobs.trigger(job)
  }

  async #pass(): Promise<void> {
    const placements = await this.instances.list()
    const settled = await Promise.all(placements.map((placement) => this.#reconcile(placement)))
    if (settled.every(Boolean)) return
    setTimeout(() => this.trigger(), soonMs).unref()
  }

  /** True when there is nothing to wait for. One tenant's trouble keeps no other from its turn. */
  async #reconcile(placement: Placement): Promise<boolean> {
    try {
      const known = await this.#step(placement)
      if (!isDeepStrictEqual(known, placement.known)) await this.instances.save(placement.tenant.id, known)
      return known.state === 'running' || known.state === 'stopped'
    } catch (error) {
      this.#logger.error({ tenant: placement.tenant.slug, error })
      return true
    }
  }

  async #step({ tenant, deployment, known }: Placement): Promise<Known> {
    const wanted = { running: deployment.desired === 'running', port: deployment.port, dev: deployment.dev }
    const seen = known.ref === null ? 'absent' : await this.host.observe(tenant, known.ref)
    const { act, known: next } = decide(wanted, known, seen, new Date(), this.config.stopGraceMs)
    if (next.state !== known.state) this.#logger.log({ tenant: tenant.slug, from: known.state, to: next.state })
    if (act === 'start') return this.#start(tenant, wanted, next)
    if (act === 'none' && seen !== 'absent') await this.host.tell(tenant, this.#url)
    if (act === 'ask to stop' && next.ref !== null) await this.host.stop(tenant, next.ref, 'asked')
    if (act === 'stop at once' && next.ref !== null) await this.host.stop(tenant, next.ref, 'at once')
    if (next.state !== 'waiting' || known.state === 'waiting') return next
    return { ...next, detail: (await this.host.lastWords(tenant)) ?? null }
  }

  async #start(tenant: TenantName, { port, dev }: Wanted, next: Known): Promise<Known> {
    try {
      const bootstrap = await this.tokens.bootstrapFor(tenant.id, this.#url, await this.host.bootstrap(tenant))
      return { ...next, ref: await this.host.start({ tenant, port, dev, bootstrap }) }
    } catch (error) {
      this.#logger.error({ tenant: tenant.slug, error })
      return { ...failed(next, new Date()), detail: reasonOf(error) }
    }
  }
}
