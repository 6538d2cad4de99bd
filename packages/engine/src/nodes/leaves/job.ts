import { z } from 'zod'
import type { Perform } from '../../tree/definition.ts'
import type { Json } from '../../tree/json.ts'
import { defineNode } from '../../tree/registry.ts'
import { Success } from '../../tree/status.ts'

/** Whoever carries out jobs. What it is told twice under one id it starts once. */
export interface Jobs {
  submit(job: { jobId: string; nodeId: string; jobType: string; args: Json }, signal: AbortSignal): Promise<void>
}

/**
 * Hands a job to somebody else and waits for it. It is submitted once, under an id of its own; the snapshot's waits list
 * the jobs that are out. Another try of a retry is another job.
 *
 * submitted → running · completed with `{ok: true, data}` → success; the data is the result · with `{ok: false, code,
 * reason}` → failure with these · it cannot be submitted → failure `job_refused`
 */
export const job = defineNode<Config, Config, { jobs?: Jobs }, 'job'>({
  op: 'job',
  kind: 'leaf',
  parks: true,
  config: z.strictObject({
    jobType: z.string().min(1),
    /** Fields that go with it. */
    with: z.array(z.string().min(1)).optional(),
  }),
  prepare(config, { expectType }) {
    for (const path of config.with ?? []) expectType(path, 'any', 'read')
    return config
  },
  async run(ctx, config) {
    const { jobType } = config
    const event = ctx.event()
    if (event !== undefined) {
      const { ok, data, code, reason } = (event.data ?? {}) as { [key: string]: Json }
      if (ok !== true) return ctx.fail(textOr(code, 'job_failed'), textOr(reason, `${jobType} did not succeed`))
      if (data !== undefined) ctx.result(data)
      return Success
    }
    const { jobs } = ctx.services
    if (jobs === undefined) return ctx.fail('job_refused', 'this host takes no jobs', { retryable: false })
    const args = Object.fromEntries((config.with ?? []).map((path) => [path, ctx.read(path) ?? null]))
    const submit: Perform = async (key, signal) => {
      // A try after one that was not accepted must not start a second job: the key stays, and so does the id.
      const jobId = key.slice(0, 32)
      try {
        await jobs.submit({ jobId, nodeId: ctx.id, jobType, args }, signal)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        return { status: 'uncertain', code: 'job_uncertain', reason }
      }
      return { status: 'ok', data: { jobId } }
    }
    const outcome = await ctx.effect('job.submit', { jobType, args }, { policy: 'idempotent', eachTry: true }, submit)
    if (outcome.status !== 'ok') return ctx.fail('job_refused', outcome.reason)
    const { jobId } = outcome.data as { jobId: string }
    return ctx.wait({ kind: 'job', key: jobId, data: { jobId, jobType, args } })
  },
})

interface Config {
  jobType: string
  with?: string[] | undefined
}

const textOr = (value: Json | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise)
