import type { Connector, OperationCall, OperationManifest, OperationOutcome } from '@copse/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { guarded, type GuardEvent, type GuardOptions } from './guarded.ts'
import { read, write } from './testing/outside.ts'

const ok: OperationOutcome = { status: 'ok', data: {} }
const no: OperationOutcome = { status: 'no', code: 'not_found', reason: '' }
const down: OperationOutcome = { status: 'unavailable', code: 'connection_refused', reason: '' }
const unsure: OperationOutcome = { status: 'uncertain', code: 'connection_cut', reason: '' }
const rejected: OperationOutcome = { status: 'unavailable', code: 'rejected', reason: '' }

type Answer = OperationOutcome | ((call: OperationCall) => Promise<OperationOutcome>)

const open: Connector[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((connector) => connector.close()))
})

/** An outside that answers as told, and the guard before it. */
function behindGuard(answer: () => Answer, options: GuardOptions = {}) {
  const calls: OperationCall[] = []
  const events: GuardEvent[] = []
  const waits: number[] = []
  const outside = { closed: 0 }
  const guard = guarded(
    {
      name: 'shop',
      operations: [read, write],
      async call(call) {
        calls.push(call)
        const next = answer()
        return typeof next === 'function' ? next(call) : next
      },
      async close() {
        outside.closed += 1
      },
    },
    {
      observe: (event) => events.push(event),
      sleep: async (ms) => void waits.push(ms),
      random: () => 0,
      ...options,
    },
  )
  open.push(guard)
  const call = (operation: OperationManifest, signal = new AbortController().signal) =>
    guard.call({ operation, args: {}, idempotencyKey: 'k', signal })
  return { guard, call, calls, events, waits, outside }
}

const times = async <T>(count: number, act: () => Promise<T>): Promise<T[]> => {
  const came: T[] = []
  for (let at = 0; at < count; at += 1) came.push(await act())
  return came
}
const row = (count: number, outcome: OperationOutcome) => Array.from({ length: count }, () => outcome)
const until = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const brief = (operation: OperationManifest, timeoutMs: number): OperationManifest => ({ ...operation, timeoutMs })
const states = (events: GuardEvent[]) => events.flatMap((event) => (event.kind === 'breaker' ? [event.state] : []))

describe('the breaker', () => {
  it('opens at the fifth failure in a row and then spares the outside', async () => {
    const { call, calls, events } = behindGuard(() => down)
    expect(await times(5, () => call(write))).toEqual(row(5, down))
    expect(await call(write)).toMatchObject({ status: 'unavailable', code: 'breaker_open' })
    expect(calls).toHaveLength(5)
    expect(states(events)).toEqual(['open'])
  })

  it('stays closed when a success comes between, however many calls fail', async () => {
    const answers = [...row(4, down), ok, ...row(4, unsure), no, ...row(4, down)]
    const { call, calls } = behindGuard(() => answers.shift() ?? ok)
    await times(14, () => call(write))
    expect(calls).toHaveLength(14)
  })

  it('does not count refusals, nor answers that only an operator can change', async () => {
    const answers = [no, rejected]
    const { call, calls } = behindGuard(() => answers[calls.length % 2] ?? no)
    await times(12, () => call(write))
    expect(calls).toHaveLength(12)
  })

  it('counts writes whose outcome is uncertain, and operations that time out', async () => {
    const answers: Answer[] = [unsure, unsure, unsure, unsure, () => new Promise(() => {})]
    const { call, events } = behindGuard(() => answers.shift() ?? ok)
    await times(5, () => call(brief(write, 20)))
    expect(states(events)).toEqual(['open'])
  })

  it('admits exactly one probe, and closes when it succeeds', async () => {
    let answer: Answer = down
    const { call, calls, events } = behindGuard(() => answer, { probeAfterMs: 30 })
    await times(5, () => call(write))
    answer = () => until(30).then(() => ok)
    await until(60)
    const came = await Promise.all([call(write), call(write), call(write)])
    expect(came.map(({ status }) => status).sort()).toEqual(['ok', 'unavailable', 'unavailable'])
    expect(calls).toHaveLength(6)
    expect(await call(write)).toEqual(ok)
    expect(states(events)).toEqual(['open', 'half_open', 'closed'])
  })

  it('is half open once its pause is over, though nobody calls', async () => {
    const { call, events } = behindGuard(() => down, { probeAfterMs: 30 })
    await times(5, () => call(write))
    await until(60)
    expect(states(events)).toEqual(['open', 'half_open'])
  })

  it('opens again when the probe fails, without five more', async () => {
    const { call, calls, events } = behindGuard(() => down, { probeAfterMs: 30 })
    await times(5, () => call(write))
    await until(60)
    await call(write)
    expect(await call(write)).toMatchObject({ code: 'breaker_open' })
    expect(calls).toHaveLength(6)
    expect(states(events)).toEqual(['open', 'half_open', 'open'])
  })

  it('starts to count anew after it closed', async () => {
    let answer: Answer = down
    const { call } = behindGuard(() => answer, { probeAfterMs: 30 })
    await times(5, () => call(write))
    await until(60)
    answer = ok
    await call(write)
    answer = down
    await times(4, () => call(write))
    answer = ok
    expect(await call(write)).toEqual(ok)
  })

  it('does not hold it against the outside that a caller gave up', async () => {
    const { call, calls } = behindGuard(() => unsure)
    await times(8, () => call(write, AbortSignal.abort()))
    expect(calls).toHaveLength(8)
  })

  it('is not closed by a probe that the caller gave up', async () => {
    const { call, events } = behindGuard(() => down, { probeAfterMs: 30 })
    await times(5, () => call(write))
    await until(60)
    await call(write, AbortSignal.abort())
    expect(states(events)).toEqual(['open', 'half_open', 'open'])
  })
})

describe('time', () => {
  it('aborts an operation after its own timeout and passes on what the adapter then knows', async () => {
    const heard = ({ signal }: OperationCall): Promise<OperationOutcome> =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(down)))
    const { call } = behindGuard(() => heard)
    expect(await call(brief(write, 20))).toEqual(down)
  })

  it('assumes the worst when the adapter does not listen', async () => {
    const { call } = behindGuard(() => () => new Promise(() => {}), { attempts: 1 })
    expect(await call(brief(write, 20))).toMatchObject({ status: 'uncertain', code: 'timeout' })
    expect(await call(brief(read, 20))).toMatchObject({ status: 'unavailable', code: 'timeout' })
  })

  it('ends what is under way when it closes, and what comes later at once', async () => {
    const { guard, call, outside } = behindGuard(() => () => new Promise(() => {}))
    const under = call(write)
    await guard.close()
    expect(await under).toMatchObject({ status: 'uncertain', code: 'aborted' })
    expect(await call(write)).toMatchObject({ status: 'unavailable' })
    expect(outside.closed).toBe(1)
  })
})

describe('repeating', () => {
  it('reads up to three times, waiting longer each time', async () => {
    const { call, calls, waits } = behindGuard(() => down)
    expect(await call(read)).toEqual(down)
    expect(calls).toHaveLength(3)
    expect(waits).toEqual([500, 1000])
  })

  it('stops at the first answer', async () => {
    const answers: OperationOutcome[] = [down, no]
    const { call, calls } = behindGuard(() => answers.shift() ?? ok)
    expect(await call(read)).toEqual(no)
    expect(calls).toHaveLength(2)
  })

  it('spreads its waits between half and all of one to ten seconds', async () => {
    const { call, waits } = behindGuard(() => down, { random: () => 1, attempts: 8, failures: 100 })
    await call(read)
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
  })

  it.each([
    ['a write', write, down],
    ['what will be rejected again', read, rejected],
  ])('never repeats %s', async (_, operation, outcome) => {
    const { call, calls } = behindGuard(() => outcome)
    await call(operation)
    expect(calls).toHaveLength(1)
  })

  it('stops once the breaker is open', async () => {
    const { call, calls } = behindGuard(() => down, { failures: 2 })
    expect(await call(read)).toEqual(down)
    expect(calls).toHaveLength(2)
  })

  it('stops when the caller gives up while it waits', async () => {
    const caller = new AbortController()
    const { call, calls } = behindGuard(() => down, { sleep: async () => caller.abort() })
    expect(await call(read, caller.signal)).toEqual(down)
    expect(calls).toHaveLength(1)
  })
})

describe('what it tells', () => {
  it('one event for each attempt, without arguments or results', async () => {
    let now = 0
    const answers: OperationOutcome[] = [down, { status: 'ok', data: { name: 'Jane' } }]
    const { call, events } = behindGuard(() => answers.shift() ?? ok, { clock: { now: () => (now += 5) } })
    await call(read)
    const event = { kind: 'call', connector: 'shop', operation: 'look_up', durationMs: 5 }
    expect(events).toEqual([
      { ...event, attempt: 1, status: 'unavailable', code: 'connection_refused' },
      { ...event, attempt: 2, status: 'ok' },
    ])
  })
})
