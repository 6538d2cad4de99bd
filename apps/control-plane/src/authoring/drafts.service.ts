import { randomUUID } from 'node:crypto'
import { manifests } from '@copse/channels/manifests'
import { Fault, type ChannelLimits, type OperationManifest } from '@copse/contracts'
import type { LlmProvider } from '@copse/llm'
import type { Draft, Finding, Progress } from '@copse/studio'
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Config } from '../config.ts'
import { Credentials, latestVersions } from '../credentials/credentials.service.ts'
import { Database, type Tx } from '../database/database.ts'
import { readChannels } from '../tenants/bindings.service.ts'
import { Jobs } from '../jobs/jobs.ts'
import type { TenantView } from '../tenants/tenant.ts'
import { readCatalogue } from './source.ts'

export interface DraftView extends Draft {
  /** Of the draft; `procedure` is what it calls itself. */
  id: string
  procedure: string
  createdAt: Date
  keptUntil: Date
}

export interface DraftSummary {
  id: string
  procedure: string
  questions: number
  findings: number
  createdAt: Date
  keptUntil: Date
}

export interface Sop {
  text: string
  language: string
  signal: AbortSignal
  tell: (progress: Progress) => void
}

/** A draft of twenty steps is a long answer. */
const answerMs = 120_000
/** Each waits for a model, and checks what it said in this process. */
const mostAtOnce = 4
const hourMs = 3_600_000

/** Procedures drafted from plain text. They are kept for a while beside the procedures, where no publication looks. */
@Injectable()
export class Drafts implements OnApplicationBootstrap {
  #underWay = 0

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly credentials: Credentials,
    private readonly jobs: Jobs,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.define('drafts', hourMs, () => this.#letOldOnesGo())
  }

  async ingest(tenant: TenantView, { text, ...asked }: Sop): Promise<DraftView> {
    if (this.#underWay >= mostAtOnce) throw new Fault('busy', { detail: 'Other texts are being drafted from.' })
    this.#underWay += 1
    try {
      // Only who drafts waits for compiler, dialogue and model to load.
      const { ingest } = await import('@copse/studio')
      const draft = await ingest(text, {
        now: Date.now,
        ...asked,
        ...(await this.#surroundings(tenant)),
      })
      return await this.#keep(tenant.id, text, draft)
    } finally {
      this.#underWay -= 1
    }
  }

  list(tenantId: string): Promise<DraftSummary[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const rows = await tx.procedureDraft.findMany({
        where: { tenantId },
        orderBy: { createdAt: 'desc' },
      })
      return rows.map((row) => {
        const { id, procedure, questions, findings, createdAt, keptUntil } = this.#view(row)
        return { id, procedure, questions: questions.length, findings: findings.length, createdAt, keptUntil }
      })
    })
  }

  find(tenantId: string, id: string): Promise<DraftView> {
    return this.database.withTenant(tenantId, async (tx) => {
      const row = await tx.procedureDraft.findUnique({ where: { tenantId_id: { tenantId, id } } })
      if (row === null) throw new Fault('not_found')
      return this.#view(row)
    })
  }

  /** What the tenant has now: its operations, its channels, its model. */
  async #surroundings(
    tenant: TenantView,
  ): Promise<{ operations: OperationManifest[]; channels: ChannelLimits[]; model: LlmProvider }> {
    const { createProvider } = await import('@copse/llm')
    return this.database.withTenant(tenant.id, async (tx) => {
      const { operations } = await readCatalogue(tx, tenant.id)
      const types = new Set(['webchat', ...(await readChannels(tx, tenant.id)).map(({ type }) => type)])
      const secret = await this.#secretOf(tx, tenant)
      return {
        operations: Object.values(operations),
        channels: Object.entries(manifests).flatMap(([name, limits]) => (types.has(name) ? [limits] : [])),
        model: createProvider(tenant.model, { secret, timeoutMs: answerMs }),
      }
    })
  }

  async #secretOf(tx: Tx, { id, model: { credential } }: TenantView): Promise<string | undefined> {
    if (credential === undefined) return undefined
    const versions = await latestVersions(tx, id, [credential])
    const opened = await this.credentials.open(tx, id, versions)
    return opened[credential]?.reveal()
  }

  /** The oldest give way, so that nobody fills the database. */
  #keep(tenantId: string, sop: string, draft: Draft): Promise<DraftView> {
    return this.database.changeTenant(tenantId, async (tx) => {
      const row = await tx.procedureDraft.create({
        data: { tenantId, id: randomUUID(), sop, body: JSON.stringify(draft) },
      })
      const oldest = await tx.procedureDraft.findMany({
        where: { tenantId },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        skip: this.config.draftsPerTenant,
        select: { id: true },
      })
      await tx.procedureDraft.deleteMany({ where: { tenantId, id: { in: oldest.map(({ id }) => id) } } })
      return this.#view(row)
    })
  }

  async #letOldOnesGo(): Promise<void> {
    const createdAt = { lt: new Date(Date.now() - this.config.draftsKeptMs) }
    await this.database.withSystem((tx) => tx.procedureDraft.deleteMany({ where: { createdAt } }))
  }

  #view({ id, body, createdAt }: { id: string; body: string; createdAt: Date }): DraftView {
    const draft = JSON.parse(body) as Draft
    const keptUntil = new Date(createdAt.getTime() + this.config.draftsKeptMs)
    return { ...draft, findings: draft.findings.map(findingOf), id, procedure: draft.id, createdAt, keptUntil }
  }
}

/** Drafts do not change. In one that is older, `what` is the message. */
const findingOf = ({ what, ...finding }: Finding & { what?: string }): Finding =>
  what === undefined ? finding : { ...finding, message: what }
