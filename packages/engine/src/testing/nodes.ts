import { z } from 'zod'
import type { AnyDefinition, ParentCtx } from '../tree/definition.ts'
import type { EffectOutcome } from '../run/journal.ts'
import { defineNode, defineParent } from '../tree/registry.ts'
import { Failure, Running, Success, type Status, type Step } from '../tree/status.ts'

const nothing = z.strictObject({})

/** Reaches outside through the journal; `services.answer` says what comes back. */
export const call = defineNode<
  { name: string },
  { name: string },
  { answer?: (key: string, signal: AbortSignal) => Promise<EffectOutcome> }
>({
  op: 'call',
  kind: 'leaf',
  config: z.strictObject({ name: z.string() }),
  async run(ctx, { name }) {
    const { answer = async () => ({ status: 'ok', data: { name } }) as const } = ctx.services
    const outcome = await ctx.effect(name, { seen: ctx.read('seen') ?? null }, { policy: 'read' }, answer)
    if (outcome.status !== 'ok') return ctx.fail(outcome.code, outcome.reason)
    ctx.set(name, outcome.data, 'tool')
    return Success
  },
})

/** Names an exit, then succeeds or fails. */
export const leave = defineNode({
  op: 'leave',
  kind: 'leaf',
  config: z.strictObject({ exit: z.string(), by: z.string().optional(), fails: z.boolean().optional() }),
  run(ctx, { exit, by, fails }) {
    ctx.exit(exit, by)
    return fails ? ctx.fail('left') : Success
  },
})

/** Writes how its stage was entered. */
export const arrival = defineNode({
  op: 'arrival',
  kind: 'leaf',
  config: z.strictObject({ key: z.string() }),
  run(ctx, { key }) {
    ctx.set(key, ctx.entered() ?? null, 'system')
    return Success
  },
})

/** Writes what the sibling before it left. */
export const noteLast = defineNode({
  op: 'noteLast',
  kind: 'leaf',
  readsLast: true,
  config: z.strictObject({ key: z.string() }),
  run(ctx, { key }) {
    ctx.set(key, ctx.last ?? null, 'system')
    return Success
  },
})

/** Runs both children, the second whatever the first did, then writes the last failure below it. */
export const noteFailure = defineParent({
  op: 'noteFailure',
  kind: 'composite',
  children: { min: 2, max: 2 },
  config: nothing,
  enter: (ctx) => ctx.run(0),
  settled(ctx, child, status) {
    if (child === 0) return ctx.run(1)
    ctx.set('noted', ctx.failure() ?? null, 'system')
    return status
  },
})

export const draw = defineNode({
  op: 'draw',
  kind: 'leaf',
  config: nothing,
  run(ctx) {
    ctx.set('drawn', [ctx.random(), ctx.random(), ctx.newId(), ctx.newId(), ctx.now()], 'system')
    return Success
  },
})

export const boom = defineNode({
  op: 'boom',
  kind: 'leaf',
  config: z.strictObject({ later: z.boolean().optional() }),
  run(_, { later }) {
    const error = new Error('the bug in this leaf')
    if (later) return Promise.reject(error)
    throw error
  },
})

/** Waits for a promise that the test holds; tells what became of its visit. */
export const held = defineNode<object, object, { held: Promise<Status>; log: string[] }>({
  op: 'held',
  kind: 'leaf',
  config: nothing,
  async run(ctx) {
    ctx.signal.addEventListener('abort', () => ctx.services.log.push('aborted'))
    const status = await ctx.services.held
    ctx.services.log.push('came back')
    ctx.set('late', true, 'system')
    ctx.services.log.push('wrote')
    return status
  },
  halt: (ctx, _, reason) => void ctx.services.log.push(`halt held: ${reason}`),
})

/** Starts all children, waits for nobody: the last one decides and the others are halted. */
export const lastDecides = defineParent<object, object, { log: string[] }>({
  op: 'lastDecides',
  kind: 'composite',
  config: nothing,
  enter(ctx) {
    ctx.mem = 1
    return ctx.run(0)
  },
  parked: (ctx) => startNext(ctx),
  settled(ctx, child, status) {
    if (child < ctx.childCount - 1) return startNext(ctx)
    for (let index = 0; index < child; index++) ctx.halt(index, 'sibling')
    return status
  },
  halt: (ctx, _, reason) => void ctx.services.log.push(`halt lastDecides: ${reason}`),
})

function startNext(ctx: ParentCtx): Step {
  return ctx.mem < ctx.childCount ? ctx.run(ctx.mem++) : Running
}

/** Takes back what is known, then removes it. */
export const forget = defineNode({
  op: 'forget',
  kind: 'leaf',
  config: z.strictObject({ key: z.string() }),
  run(ctx, { key }) {
    ctx.unconfirm([key])
    ctx.unset(key)
    return Success
  },
})

/** Returns whatever it is told to, be it a status or not. */
export const returns = defineNode({
  op: 'returns',
  kind: 'leaf',
  config: z.strictObject({ value: z.json() }),
  run: (_, { value }) => value as Status,
})

/** A parked leaf that tells when it is halted. */
export const parked = defineNode<{ name: string }, { name: string }, { log: string[] }>({
  op: 'parked',
  kind: 'leaf',
  config: z.strictObject({ name: z.string() }),
  run: (ctx, { name }) => (ctx.event() === undefined ? ctx.wait({ kind: 'event', key: name }) : Failure),
  halt: (ctx, { name }, reason) => void ctx.services.log.push(`halt ${name}: ${reason}`),
})

export const testNodes: readonly AnyDefinition[] = [
  call,
  leave,
  arrival,
  noteLast,
  noteFailure,
  draw,
  boom,
  held,
  lastDecides,
  forget,
  returns,
  parked,
]
