import { z } from 'zod'
import type { EffectOutcome } from '../../run/journal.ts'
import type { Wait } from '../../run/snapshot.ts'
import type { AnyDefinition, Ctx } from '../../tree/definition.ts'
import { Halted } from '../../tree/faults.ts'
import { defineNode } from '../../tree/registry.ts'
import { Success, type Status } from '../../tree/status.ts'
import type { Jobs } from '../../nodes/leaves/job.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Witness } from './witness.ts'

/** What the leaves here live in. */
export interface World {
  time: VirtualTime
  witness: Witness
  /** For the leaves of testing/nodes.ts. */
  log: string[]
  answer: (key: string, signal: AbortSignal) => Promise<EffectOutcome>
  jobs: Jobs
}

const act = z.union([
  z.strictObject({ sleep: z.int().nonnegative() }),
  z.strictObject({ effect: z.string(), policy: z.enum(['read', 'idempotent', 'at-most-once']) }),
  z.strictObject({ write: z.string() }),
  z.strictObject({ draw: z.string() }),
])
const config = z.strictObject({
  does: z.array(act),
  ends: z.enum(['success', 'failure', 'input']),
  /** Goes on as if nothing had happened when the engine tells it that it was halted. */
  isStubborn: z.literal(true).optional(),
})
export type Act = z.infer<typeof act>

/** Does one thing after the other, some of which take a while. */
export const busy = defineNode<z.infer<typeof config>, z.infer<typeof config>, World>({
  op: 'busy',
  kind: 'leaf',
  parks: ({ ends }) => ends === 'input',
  config,
  run(ctx, { does, ends, isStubborn }) {
    if (ctx.event() !== undefined) return Success
    const { witness } = ctx.services
    const task = witness.begin(ctx.id, ctx.visit, ctx.signal)
    const answer = (): Status => {
      if (ends === 'success') {
        task.isDone = true
        return Success
      }
      const status = ends === 'failure' ? ctx.fail('busy') : ctx.wait({ kind: 'input' })
      witness.did(task, 'failed or parked')
      task.isDone = true
      return status
    }
    if (!does.some(takesTime)) {
      for (const one of does) doNow(ctx, one)
      return answer()
    }
    const doAll = async (): Promise<Status> => {
      for (const one of does) {
        try {
          if (takesTime(one)) await doSlowly(ctx, one, (what) => witness.did(task, what))
          else doNow(ctx, one)
          if (!('sleep' in one)) witness.did(task, `did ${JSON.stringify(one)}`)
        } catch (error) {
          if (!(isStubborn && error instanceof Halted)) throw error
        }
      }
      return answer()
    }
    return doAll()
  },
  halt: (ctx) => ctx.services.witness.halted(ctx.id, ctx.visit),
})

const takesTime = (one: Act): boolean => 'sleep' in one || 'effect' in one

function doNow(ctx: Ctx<World>, one: Act): void {
  if ('write' in one) ctx.set(one.write, `${ctx.id}#${ctx.visit}`, 'system')
  if ('draw' in one) ctx.set(one.draw, [ctx.random(), ctx.newId()], 'system')
}

async function doSlowly(ctx: Ctx<World>, one: Act, did: (what: string) => void): Promise<void> {
  if ('sleep' in one) return ctx.services.time.sleep(one.sleep)
  if (!('effect' in one)) return
  const { effect: name, policy } = one
  const outcome = await ctx.effect(name, { seen: ctx.read('seen') ?? null }, { policy }, async (key, signal) => {
    did(`began to perform ${name}`)
    return ctx.services.answer(key, signal)
  })
  ctx.set(name, outcome, 'tool')
}

const parksConfig = z.strictObject({
  waits: z
    .array(
      z.strictObject({
        kind: z.enum(['input', 'timer', 'job', 'approval', 'event']),
        key: z.string().optional(),
        inMs: z.int().nonnegative().optional(),
      }),
    )
    .min(1),
  times: z.int().positive(),
  fails: z.boolean(),
})

/** Waits for the first of several things, so many times. */
export const parks = defineNode<z.infer<typeof parksConfig>, z.infer<typeof parksConfig>, World>({
  op: 'parks',
  kind: 'leaf',
  parks: true,
  config: parksConfig,
  run(ctx, { waits, times, fails }) {
    const event = ctx.event()
    if (event !== undefined) {
      ctx.mem++
      ctx.memory = [...((ctx.memory as never[] | undefined) ?? []), event as never]
      ctx.set('heard', event as never, 'customer')
    }
    if (ctx.mem === times) return fails ? ctx.fail('heard_enough') : Success
    for (const { kind, key, inMs } of waits) {
      const wait: Wait = { kind }
      if (key !== undefined) wait.key = key
      if (kind === 'timer') wait.at = ctx.now() + (inMs ?? 0)
      ctx.wait(wait)
    }
    return 3
  },
  halt: (ctx) => ctx.services.witness.halted(ctx.id, ctx.visit),
})

export const proofLeaves: readonly AnyDefinition[] = [busy, parks]
