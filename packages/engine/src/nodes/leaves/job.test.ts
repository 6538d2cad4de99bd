import { describe, expect, it } from 'vitest'
import { advance, cancel, type Advance } from '../../run/advance.ts'
import type { EngineEvent } from '../../run/snapshot.ts'
import type { TurnContext } from '../../run/turn.ts'
import { memoryJournal } from '../../testing.ts'
import { build, called, node, play, specOf, turn } from '../../testing/play.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import type { Json } from '../../tree/json.ts'

type Submitted = { jobId: string; nodeId: string; jobType: string; args: Json }

/** Takes jobs; refuses the first so many. */
function office(refusals = 0): { submitted: Submitted[]; context: Partial<TurnContext> } {
  const submitted: Submitted[] = []
  let left = refusals
  const submit = async (job: Submitted): Promise<void> => {
    submitted.push(job)
    if (left-- > 0) throw new Error('the office is closed')
  }
  return { submitted, context: { services: { jobs: { submit } }, journal: memoryJournal() } }
}

const print = node('job', { jobType: 'print', with: ['order', 'nothing'] })
const done = (jobId: string, data: Json): EngineEvent => ({ kind: 'job', key: jobId, data })
const jobOf = ({ waits }: Advance): string => waits[0]!.wait.key!

describe('job', () => {
  it('submits once, with an id, its place and its fields, and waits for that job', async () => {
    const { submitted, context } = office()
    const rest = await play(called('p', print), { cells: { order: 12 } }, context)
    const args = { order: 12, nothing: null }
    const jobId = jobOf(rest)
    expect(submitted).toEqual([{ jobId, nodeId: 't', jobType: 'print', args }])
    expect(rest.waits).toMatchObject([{ wait: { kind: 'job', key: jobId, data: { jobId, jobType: 'print', args } } }])
  })

  it('succeeds when it is done, and leaves the data', async () => {
    const { context } = office()
    const tree = build(specOf(print, { returns: true }))
    const { snapshot, ...rest } = await advance(tree, {}, turn(context))
    const carried = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot
    const again = build(specOf(print, { returns: true }))
    const event = done(jobOf({ snapshot, ...rest }), { ok: true, data: { pages: 3 } })
    expect(await advance(again, { snapshot: carried, event }, turn(context))).toMatchObject({
      status: 'success',
      result: { pages: 3 },
    })
  })

  it.each([
    [
      { ok: false, code: 'no_paper', reason: 'Empty.' },
      { code: 'no_paper', reason: 'Empty.' },
    ],
    [{ ok: false }, { code: 'job_failed', reason: 'print did not succeed' }],
    [{ ok: 'yes' }, { code: 'job_failed' }],
    [null, { code: 'job_failed' }],
    ['done', { code: 'job_failed' }],
    [{ ok: false, code: 7 }, { code: 'job_failed' }],
  ])('fails when it is completed with %j', async (data, failure) => {
    const { context } = office()
    const tree = build(specOf(print))
    const first = await advance(tree, {}, turn(context))
    const rest = await advance(tree, { snapshot: first.snapshot, event: done(jobOf(first), data) }, turn(context))
    expect(rest.failure).toMatchObject(failure)
  })

  it('does not hear of the completion of another job', async () => {
    const { context } = office()
    const tree = build(specOf(print))
    const { snapshot } = await advance(tree, {}, turn(context))
    const event = done('of somebody else', { ok: true })
    expect(await advance(tree, { snapshot, event }, turn(context))).toMatchObject({ ignored: true, status: 'running' })
  })

  it('does not hear of its completion any more when it was halted', async () => {
    const { context } = office()
    const tree = build(specOf(node('timeout', { ms: 10 }, print, node('wait', { kind: 'input' }))))
    const first = await advance(tree, {}, turn({ now: 0, ...context }))
    const jobId = first.waits.find(({ wait }) => wait.kind === 'job')!.wait.key!
    const late = await advance(
      tree,
      { snapshot: first.snapshot, event: done(jobId, { ok: true }) },
      turn({ now: 10, ...context }),
    )
    expect(late.waits).toMatchObject([{ wait: { kind: 'input' } }])
    expect(late.ignored).toBe(true)
  })

  it('is halted with the session', async () => {
    const { context } = office()
    const tree = build(specOf(print))
    const { snapshot } = await advance(tree, {}, turn(context))
    expect(await cancel(tree, snapshot, turn(context))).toMatchObject({ status: 'cancelled', waits: [] })
  })

  it('fails when nobody takes jobs, or this one is not taken', async () => {
    expect((await play(print)).failure).toEqual({
      code: 'job_refused',
      reason: 'this host takes no jobs',
      retryable: false,
    })
    expect((await play(print, {}, office(1).context)).failure).toEqual({
      code: 'job_refused',
      reason: 'the office is closed',
    })
  })

  it('is the same job in a turn that runs again', async () => {
    const journal = memoryJournal()
    const { submitted, context } = office()
    const first = await play(print, {}, { ...context, journal })
    const again = await play(print, {}, { ...context, journal: memoryJournal(journal.entries) })
    expect(jobOf(again)).toBe(jobOf(first))
    expect(submitted).toHaveLength(1)
  })
})

describe('a job below a retry', () => {
  const tried = (child: NodeSpec) => build(specOf(node('retry', { attempts: 2 }, child)))

  it('keeps its id until it was taken, so that it is not begun twice', async () => {
    const { submitted, context } = office(1)
    const rest = await advance(tried(print), {}, turn(context))
    expect(rest.status).toBe('running')
    expect(submitted).toHaveLength(2)
    expect(submitted[0]!.jobId).toBe(submitted[1]!.jobId)
  })

  it('is another job when the first one did not succeed', async () => {
    const { submitted, context } = office()
    const tree = tried(print)
    const first = await advance(tree, {}, turn(context))
    const event = done(jobOf(first), { ok: false })
    const second = await advance(tree, { snapshot: first.snapshot, event }, turn(context))
    expect(second.status).toBe('running')
    expect(submitted.map(({ jobId }) => jobId)).toEqual([jobOf(first), jobOf(second)])
    expect(jobOf(first)).not.toBe(jobOf(second))
  })

  it('is another job when it was cut off', async () => {
    const { submitted, context } = office()
    const tree = tried(node('timeout', { ms: 10 }, print))
    const { snapshot } = await advance(tree, {}, turn({ now: 0, ...context }))
    await advance(tree, { snapshot, event: { kind: 'timer', data: null } }, turn({ now: 10, ...context }))
    expect(new Set(submitted.map(({ jobId }) => jobId)).size).toBe(2)
  })
})

it('a job is refused where it takes a field that is not there', () => {
  const fields = { order: 'any' } as const
  expect(() => build(specOf(called('p', print), { fields }))).toThrow('t: there is no field "nothing"')
  expect(() => build(specOf(node('job', {})))).toThrow('t: config.jobType')
})
