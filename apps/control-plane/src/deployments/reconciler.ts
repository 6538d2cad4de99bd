import { isDeepStrictEqual } from 'node:util'
import { Injectable, Logger } from '@nestjs/common'
import { Config } from '../config.ts'
import { Jobs } from '../jobs/jobs.ts'
import { BootTokens } from './boot-tokens.ts'
import { decide, type Known } from './decide.ts'
import { Host } from './host.ts'
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

  async trigger(): Promise<void> {
    await this.jobs.trigger(job)
  }

  async #pass(): Promise<void> {
    const placements = await this.instances.list()
    const settled = await Promise.all(placements.map((placement) => this.#reconcile(placement)))
    if (settled.every(Boolean)) return
    setTimeout(() => void this.trigger().catch((error: unknown) => this.#logger.warn({ error })), soonMs).unref()
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
    const decision = decide(wanted, known, seen, new Date(), this.config.stopGraceMs)
    const next = decision.known
    if (next.state !== known.state) this.#logger.log({ tenant: tenant.slug, from: known.state, to: next.state })
    if (decision.act === 'start') {
      const bootstrap = await this.tokens.bootstrapFor(tenant.id, this.#url, await this.host.bootstrap(tenant))
      const ref = await this.host.start({ tenant, port: wanted.port, dev: wanted.dev, bootstrap })
      return { ...next, ref }
    }
    if (decision.act === 'ask to stop' && next.ref !== null) await this.host.stop(tenant, next.ref, 'asked')
    if (decision.act === 'stop at once' && next.ref !== null) await this.host.stop(tenant, next.ref, 'at once')
    if (next.state !== 'waiting' || known.state === 'waiting') return next
    return { ...next, detail: (await this.host.lastWords(tenant)) ?? null }
  }
}
