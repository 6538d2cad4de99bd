import type { InboundEvent, JsonObject, Store, TimerChange, TimerFiring, TimerSpec } from '@copse/contracts'
import { beforeEach, describe, expect, test } from 'vitest'
import { eachWith, type OpenStore } from './open-store.ts'
import { beginTurn, bury, commit, nextTurn, session } from '../turns.ts'

const daily = (at: string, more: Partial<TimerSpec> = {}): TimerSpec => ({
  key: 'daily',
  when: { schedule: { daily: at }, zone: 'Europe/Berlin' },
  ...more,
})

export function timers(open: OpenStore): void {
  describe('timers', () => {
    const ana = { channel: 'web', alias: 'ana' }
    const minuteMs = 60_000
    const hourMs = 60 * minuteMs
    const dayMs = 24 * hourMs

    let store: Store
    let now = 0
    beforeEach(() => void (now = Date.UTC(2026, 0, 15, 12)))
    eachWith(open, (fresh) => (store = fresh), { now: () => now })

    const set = (spec: TimerSpec): Promise<void> => store.changeTimers(ana, [{ set: spec }])
    const change = (...changes: TimerChange[]): Promise<void> => store.changeTimers(ana, changes)

    /** Fires what is due, and answers with what each new turn was told. */
    async function fire(limit = 100): Promise<TimerFiring[]> {
      const { events } = await store.fireTimers(now, limit)
      const told: InboundEvent[] = []
      for (const { contactId } of events) {
        const turn = (await nextTurn(store, contactId))!
        told.push(...turn.events)
        await commit(store, turn)
      }
      return told.map(({ data }) => data as unknown as TimerFiring)
    }

    const keys = async (): Promise<string[]> => (await fire()).map(({ key }) => key)

    test('that recur go on when a clock that was a month ahead is right again', async () => {
      await set(daily('13:00'))
      now += 31 * dayMs
      expect(await keys()).toEqual(['daily'])
      now -= 31 * dayMs
      let came = 0
      for (let hour = 0; hour < 72; hour++) {
        now += hourMs
        came += (await keys()).length
      }
      expect(came).toBe(3)
    })

    describe('a one-off', () => {
      test('comes as an event of its contact when it is due, once, with what it was given', async () => {
        const data = { order: 'O-1', says: '"{}' }
        await set({ key: 'remind', when: { at: now + hourMs }, sessionId: 's1', data })
        expect(await store.fireTimers(now, 10)).toEqual({
          events: [],
          skipped: 0,
          unread: [],
          latestMs: 0,
          nextAt: now + hourMs,
        })
        now += hourMs + 1_000
        const fired = await store.fireTimers(now, 10)
        expect(fired).toMatchObject({ events: [{ inboxId: 1 }], latestMs: 1_000, nextAt: undefined })
        const turn = await nextTurn(store, fired.events[0]!.contactId)
        const occurrence = new Date(now - 1_000).toISOString()
        expect(turn!.events).toEqual([
          {
            channel: 'web',
            messageId: `remind@${occurrence}`,
            contact: { alias: 'ana' },
            kind: 'timer',
            sessionId: 's1',
            data: { key: 'remind', dueAt: now - 1_000, occurrence, lateMs: 1_000, backfilled: false, data },
          },
        ])
        expect(await fire()).toEqual([])
        expect(await store.timers()).toMatchObject([{ key: 'remind', state: 'fired', lateMs: 1_000, data }])
      })

      test('set again under its key replaces what was there', async () => {
        await set({ key: 'remind', when: { at: now + 1 } })
        await set({ key: 'remind', when: { at: now + hourMs } })
        now += minuteMs
        expect(await keys()).toEqual([])
        now += hourMs
        expect(await keys()).toEqual(['remind'])
        await set({ key: 'remind', when: { at: now + 1 } })
        now += 1
        expect(await keys()).toEqual(['remind'])
      })

      test('that was cancelled does not come; cancelling what came, or what nobody knows, is nothing', async () => {
        await set({ key: 'remind', when: { at: now } })
        await change({ cancel: 'remind' }, { cancel: 'unknown' })
        expect(await keys()).toEqual([])
        expect(await store.timers()).toMatchObject([{ state: 'cancelled' }])
        await set({ key: 'remind', when: { at: now } })
        expect(await keys()).toEqual(['remind'])
        await change({ cancel: 'remind' })
        expect(await store.timers()).toMatchObject([{ state: 'fired' }])
      })

      test('comes to nothing when it is cancelled, or set to another time, after it came due and before its turn', async () => {
        await change({ set: { key: 'cancelled', when: { at: now } } }, { set: { key: 'moved', when: { at: now } } })
        await set({ key: 'stands', when: { at: now } })
        const { contactId } = (await store.fireTimers(now, 10)).events[0]!
        await change({ cancel: 'cancelled' }, { set: { key: 'moved', when: { at: now + hourMs } } })
        const lapsed: boolean[] = []
        for (let turn = await nextTurn(store, contactId); turn; turn = await nextTurn(store, contactId)) {
          lapsed.push(turn.lapsed)
          await commit(store, turn)
        }
        expect(lapsed).toEqual([true, true, false])
        now += hourMs
        expect(await keys()).toEqual(['moved'])
      })

      test('comes once or not at all when it is cancelled while it fires, and the views say which', async () => {
        const specs = Array.from({ length: 40 }, (_, n) => ({ key: `t${n}`, when: { at: now } }))
        await change(...specs.map((spec) => ({ set: spec })))
        const racing = specs.map(({ key }, n) => [
          ...(n % 3 === 0 ? [change({ cancel: key })] : []),
          store.fireTimers(now, 1),
          ...(n % 3 === 1 ? [change({ cancel: key })] : []),
        ])
        await Promise.all(racing.flat())
        await store.fireTimers(now, 100)
        const views = await store.timers()
        const { contactId } = views[0]!
        const came: string[] = []
        for (let turn = await nextTurn(store, contactId); turn; turn = await nextTurn(store, contactId)) {
          if (!turn.lapsed) came.push((turn.events[0]!.data as unknown as TimerFiring).key)
          await commit(store, turn)
        }
        expect(came.toSorted()).toEqual(
          views
            .filter(({ state }) => state === 'fired')
            .map(({ key }) => key)
            .toSorted(),
        )
        expect(new Set(views.map(({ state }) => state))).toEqual(new Set(['fired', 'cancelled']))
      })

      test('does not come again when the clock is set back, though it is set to the same time again', async () => {
        await set({ key: 'remind', when: { at: now } })
        expect(await keys()).toEqual(['remind'])
        now -= dayMs
        expect(await keys()).toEqual([])
        await set({ key: 'remind', when: { at: now + dayMs } })
        now += dayMs
        expect(await keys()).toEqual([])
      })

      test('that was missed comes late and says so, unless its policy is to be skipped', async () => {
        await change(
          { set: { key: 'late', when: { at: now } } },
          { set: { key: 'skipped', when: { at: now }, misfire: { policy: 'skip', graceMs: minuteMs } } },
          { set: { key: 'in grace', when: { at: now + 30 * dayMs }, misfire: { policy: 'skip', graceMs: minuteMs } } },
        )
        now += 30 * dayMs + minuteMs
        expect(await fire()).toMatchObject([
          { key: 'late', backfilled: true, lateMs: 30 * dayMs + minuteMs },
          { key: 'in grace', backfilled: false },
        ])
        expect(await store.timers()).toMatchObject([
          { key: 'late', state: 'fired' },
          { key: 'skipped', state: 'skipped' },
          { key: 'in grace', state: 'fired' },
        ])
      })

      test('cannot be kept from coming by a message that bears its id', async () => {
        await set({ key: 'remind', when: { at: now } })
        await beginTurn(store, 'eve', { messageId: `remind@${new Date(now).toISOString()}` })
        expect(await keys()).toEqual(['remind'])
      })

      test('that nothing can be due at is refused', async () => {
        await expect(set({ key: 'remind', when: { at: Number.NaN } })).rejects.toMatchObject({ code: 'internal' })
      })
    })

    test('what is due comes in the order in which it was due, as many at a time as are asked for', async () => {
      await change(...[5, 1, 4, 2, 3].map((n) => ({ set: { key: `t${n}`, when: { at: now + n } } })))
      now += hourMs
      expect((await fire(2)).map(({ key }) => key)).toEqual(['t1', 't2'])
      expect(await store.fireTimers(now, 0)).toMatchObject({ events: [], nextAt: now - hourMs + 3 })
      expect(await keys()).toEqual(['t3', 't4', 't5'])
    })

    const timers = (id: string): TimerChange[] => [
      { set: { key: `session:${id}`, when: { at: now + hourMs }, sessionId: id } },
      { set: { key: `reminder of ${id}`, when: { at: now + dayMs }, sessionId: id } },
    ]

    const statesOf = async (sessionId: string) => (await store.timers({ sessionId })).map(({ state }) => state)

    describe('a timer of a turn', () => {
      test('is committed with it, for the address that it came from', async () => {
        const turn = await beginTurn(store, 'bea')
        await commit(store, turn, {
          session: session('s1'),
          timers: [{ set: { key: 'session:s1', when: { at: now + 1 }, sessionId: 's1' } }],
        })
        now += 1
        const { events } = await store.fireTimers(now, 1)
        expect(events).toMatchObject([{ contactId: turn.contact.id }])
        expect(await nextTurn(store, turn.contact.id)).toMatchObject({
          events: [{ channel: 'web', contact: { alias: 'bea' }, kind: 'timer' }],
          session: { id: 's1' },
        })
      })

      test('is nothing when the turn cannot be committed', async () => {
        const turn = await beginTurn(store, 'bea')
        const timers: TimerChange[] = [{ set: { key: 'remind', when: { at: Number.POSITIVE_INFINITY } } }]
        await expect(commit(store, turn, { session: session('s1'), timers })).rejects.toMatchObject({
          code: 'internal',
        })
        expect(await store.session('s1')).toBeUndefined()
        expect(await store.timers()).toEqual([])
      })

      test.each(['completed', 'escalated', 'faulted'] as const)(
        'is cancelled when its session is %s',
        async (status) => {
          await commit(store, await beginTurn(store, 'ana'), { session: session('s1'), timers: timers('s1') })
          await commit(store, await beginTurn(store, 'bea'), { session: session('s2'), timers: timers('s2') })
          await commit(store, await beginTurn(store, 'ana'), {
            session: session('s1', { status }),
            timers: timers('s1'),
          })
          expect(await statesOf('s1')).toEqual(['cancelled', 'cancelled'])
          expect(await statesOf('s2')).toEqual(['waiting', 'waiting'])
        },
      )

      test('is cancelled when its session is left or buried', async () => {
        await commit(store, await beginTurn(store, 'ana'), { session: session('s1'), timers: timers('s1') })
        await commit(store, await beginTurn(store, 'ana'), { left: { sessionId: 's1', outcome: 'abandoned' } })
        expect(await statesOf('s1')).toEqual(['cancelled', 'cancelled'])
        await commit(store, await beginTurn(store, 'ana'), { session: session('s2'), timers: timers('s2') })
        await bury(store, await beginTurn(store, 'ana'))
        expect(await statesOf('s2')).toEqual(['waiting', 'waiting'])
        await bury(store, await beginTurn(store, 'ana'), true)
        expect(await statesOf('s2')).toEqual(['cancelled', 'cancelled'])
      })
    })

    /** Goes on minute by minute, and says what came. */
    async function through(days: number): Promise<string[]> {
      const came: string[] = []
      for (const end = now + days * dayMs; now < end; now += 10 * minuteMs) {
        came.push(...(await fire()).map(({ occurrence }) => occurrence))
      }
      return came
    }

    describe('a schedule', () => {
      test('comes once in the night that skips its time, and once in the night that has it twice', async () => {
        now = Date.UTC(2026, 2, 28, 12)
        await set(daily('02:30'))
        expect(await through(2)).toEqual(['2026-03-29T02:30[Europe/Berlin]', '2026-03-30T02:30[Europe/Berlin]'])
        now = Date.UTC(2026, 9, 24, 12)
        await change({ cancel: 'daily' })
        await set(daily('02:30'))
        expect(await through(2)).toEqual(['2026-10-25T02:30[Europe/Berlin]', '2026-10-26T02:30[Europe/Berlin]'])
      })

      test('comes once for all that was missed in a month, and then as ever', async () => {
        await set(daily('09:00'))
        now += 31 * dayMs
        expect(await fire()).toMatchObject([{ occurrence: '2026-02-15T09:00[Europe/Berlin]', backfilled: true }])
        expect(await through(1)).toEqual(['2026-02-16T09:00[Europe/Berlin]'])
      })

      test('catches up as far as it may, or skips what was missed, if that is its policy', async () => {
        await set(daily('09:00', { misfire: { policy: 'catch_up', max: 3 } }))
        await set({ ...daily('09:00', { misfire: { policy: 'skip' } }), key: 'skipping' })
        now += 10 * dayMs
        const { skipped } = await store.fireTimers(now, 10)
        expect(skipped).toBe(7 + 10)
        const { contactId } = (await store.timers())[0]!
        const occurrences: unknown[] = []
        for (let turn = await nextTurn(store, contactId); turn; turn = await nextTurn(store, contactId)) {
          occurrences.push((turn.events[0]!.data as JsonObject)['occurrence'])
          await commit(store, turn)
        }
        expect(occurrences).toEqual(
          ['2026-01-23', '2026-01-24', '2026-01-25'].map((day) => `${day}T09:00[Europe/Berlin]`),
        )
      })

      test('never comes twice for a day, though the clock goes back over it', async () => {
        await set(daily('09:00'))
        now += dayMs
        expect(await fire()).toHaveLength(1)
        now -= dayMs
        expect(await through(1)).toEqual([])
        expect(await through(1)).toEqual(['2026-01-17T09:00[Europe/Berlin]'])
      })

      test('or zone that means nothing is refused', async () => {
        await expect(set({ key: 'x', when: { schedule: { hourly: 3 }, zone: 'UTC' } })).rejects.toMatchObject({
          code: 'internal',
        })
        await expect(set({ ...daily('09:00'), when: { schedule: { daily: '09:00' }, zone: 'Mars' } })).rejects.toThrow(
          'Mars',
        )
      })
    })
  })
}
