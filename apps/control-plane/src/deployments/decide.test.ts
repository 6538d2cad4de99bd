import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, nothingKnown, type Known, type Wanted } from './decide.ts'
import type { Seen } from './host.ts'

const wanted: Wanted = { running: true, port: 8002, dev: false }
const stopped: Wanted = { ...wanted, running: false }
const ref = { id: '7@then', port: 8002, dev: false }
const known: Known = { ...nothingKnown, state: 'running', ref, startedAt: new Date(0) }
const at = (ms: number): Date => new Date(ms)
const graceMs = 1000

describe('a tenant that is wanted running', () => {
  test('is started when there is none', () => {
    expect(decide(wanted, nothingKnown, 'absent', at(5), graceMs)).toMatchObject({
      act: 'start',
      known: { state: 'starting' },
    })
  })

  test('is left alone while it lives', () => {
    expect(decide(wanted, known, 'running', at(5), graceMs)).toMatchObject({ act: 'none', known: { state: 'running' } })
    expect(decide(wanted, known, 'starting', at(5), graceMs)).toMatchObject({
      act: 'none',
      known: { state: 'starting' },
    })
  })

  test('is left alone while it lives and does not answer, and after half a minute that is said', () => {
    const silent = (ms: number) => decide(wanted, known, 'starting', at(ms), graceMs)
    expect(silent(30_000)).toMatchObject({ act: 'none', known: { state: 'starting', detail: null } })
    expect(silent(30_001)).toMatchObject({ act: 'none', known: { detail: expect.stringContaining('port 8002') } })
    expect(decide(wanted, silent(30_001).known, 'running', at(30_002), graceMs).known.detail).toBeNull()
  })

  test('waits longer after each failure, a minute at most', () => {
    const delays: number[] = []
    let now = known
    for (let i = 0; i < 10; i++) {
      now = decide(wanted, { ...now, ref, state: 'starting' }, 'absent', at(0), graceMs).known
      expect(now).toMatchObject({ state: 'waiting', ref: null })
      delays.push(now.dueAt?.getTime() ?? 0)
    }
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    expect(decide(wanted, now, 'absent', at(59_999), graceMs).act).toBe('none')
    expect(decide(wanted, now, 'absent', at(60_000), graceMs).act).toBe('start')
  })

  test('is forgiven its failures once it ran for a minute', () => {
    const failed = { ...known, attempts: 4 }
    expect(decide(wanted, failed, 'running', at(60_000), graceMs).known.attempts).toBe(4)
    expect(decide(wanted, failed, 'running', at(60_001), graceMs).known.attempts).toBe(0)
  })

  test('is stopped first when it runs on another port or in another mode', () => {
    for (const other of [{ port: 8003 }, { dev: true }]) {
      expect(decide({ ...wanted, ...other }, known, 'running', at(5), graceMs).act).toBe('ask to stop')
    }
  })
})

describe('a tenant that is wanted stopped', () => {
  test('is asked once, and stopped at once when its grace is over', () => {
    const asked = decide(stopped, known, 'running', at(0), graceMs)
    expect(asked).toMatchObject({ act: 'ask to stop', known: { state: 'stopping', dueAt: at(1000) } })
    expect(decide(stopped, asked.known, 'running', at(999), graceMs).act).toBe('none')
    expect(decide(stopped, asked.known, 'running', at(1000), graceMs).act).toBe('stop at once')
    expect(decide(stopped, asked.known, 'absent', at(1000), graceMs).known).toEqual(nothingKnown)
  })

  test('does not count as failed when it is wanted again before it is gone', () => {
    const { known: stopping } = decide(stopped, known, 'running', at(0), graceMs)
    expect(decide(wanted, stopping, 'absent', at(10), graceMs)).toMatchObject({ act: 'start', known: { attempts: 0 } })
  })
})

test('whatever is known, nothing is started while something lives, and nothing is stopped that does not', () => {
  const moment = fc.integer({ min: 0, max: 200_000 }).map(at)
  const anyKnown: fc.Arbitrary<Known> = fc.record({
    state: fc.constantFrom('stopped', 'starting', 'running', 'stopping', 'waiting'),
    ref: fc.constantFrom(null, ref),
    detail: fc.constant(null),
    attempts: fc.nat(20),
    dueAt: fc.option(moment),
    startedAt: fc.option(moment),
  })
  const anyWanted = fc.record({ running: fc.boolean(), port: fc.constantFrom(8002, 8003), dev: fc.boolean() })
  const anySeen = fc.constantFrom<Seen>('absent', 'starting', 'running')
  fc.assert(
    fc.property(anyWanted, anyKnown, anySeen, moment, (want, know, seen, now) => {
      const { act } = decide(want, know, seen, now, graceMs)
      if (act === 'start') expect([want.running, seen]).toEqual([true, 'absent'])
      if (act === 'ask to stop' || act === 'stop at once') expect(seen).not.toBe('absent')
    }),
  )
})
