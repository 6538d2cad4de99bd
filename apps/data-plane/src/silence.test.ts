import { expect, test } from 'vitest'
import type { DataPlane } from './compose.ts'
import { patientProcedure, writeTenant } from './testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from './testing/plane.ts'

const minuteMs = 60_000
const soon = { timeout: 15_000 }

/** The whole tenant, by a clock that only the test sets. */
async function open(files: Record<string, string> = {}) {
  const tenant = await writeTenant({ 'greet.yaml': patientProcedure, ...files })
  const clock = { at: Date.UTC(2026, 9, 25, 0, 30), now: () => clock.at }
  const start = async (): Promise<DataPlane> => startPlane(await bootFrom(tenant.file, { clock }), { clock, wakeMs: 5 })
  let plane = await start()
  const get = <T>(route: string): Promise<T> => ask<T>(plane, route)
  return {
    clock,
    async restart() {
      await plane.close()
      plane = await start()
    },
    say: (message: string) =>
      ask<{ session_id: string; status: string; response: string }>(plane, '/api/chat', { user_id: 'ana', message }),
    async heard(sessionId: string): Promise<string[]> {
      const { messages } = await get<{ messages: { author: string; text: string }[] }>(
        `/api/sessions/${sessionId}/messages`,
      )
      return messages.filter(({ author }) => author === 'business').map(({ text }) => text)
    },
    dueAt: async () =>
      (await get<{ timers: { dueAt: number; state: string }[] }>('/api/timers')).timers
        .filter(({ state }) => state === 'waiting')
        .map(({ dueAt }) => new Date(dueAt).toISOString()),
    handoffs: async () => (await get<{ handoffs: { reason: string }[] }>('/api/handoffs')).handoffs,
    statusOf: async (id: string) =>
      (await get<{ sessions: { id: string; status: string }[] }>('/api/sessions?user_id=ana')).sessions.find(
        (session) => session.id === id,
      )?.status,
    async close() {
      await plane.close()
      await tenant.remove()
    },
  }
}

test('who falls silent is nudged once and then handed to a person, through a restart, and by the clock alone', async () => {
  const tenant = await open()
  const { session_id: id } = await tenant.say('hello')
  const question = 'What is your name?'
  expect(await tenant.heard(id)).toEqual([question])

  tenant.clock.at += 10 * minuteMs
  await expect.poll(() => tenant.heard(id), soon).toEqual([question, 'Are you still there?'])
  await tenant.restart()
  // Clocks may be set back: what was said is not said again.
  tenant.clock.at -= 9 * minuteMs
  expect(await tenant.handoffs()).toEqual([])

  tenant.clock.at += 60 * minuteMs
  await expect.poll(() => tenant.statusOf(id), soon).toBe('escalated')
  expect(await tenant.handoffs()).toMatchObject([{ reason: 'silence' }])
  const heard = await tenant.heard(id)
  expect(heard).toHaveLength(3)
  expect(heard[2]).toContain('I have not heard from you for a while.')
  await tenant.close()
})

test('who answers a nudge goes on, and nobody is called', async () => {
  const tenant = await open()
  const { session_id: id } = await tenant.say('hello')
  tenant.clock.at += 10 * minuteMs
  await expect.poll(() => tenant.heard(id), soon).toHaveLength(2)
  expect(await tenant.say('Ana')).toMatchObject({ session_id: id, status: 'completed', response: 'Thank you, Ana.' })
  tenant.clock.at += 24 * 60 * minuteMs
  await tenant.restart()
  expect(await tenant.handoffs()).toEqual([])
  expect(await tenant.heard(id)).toHaveLength(3)
  await tenant.close()
})

test('at night nobody is nudged, and who asks for a person is told when somebody will be there, and not before that that nobody came', async () => {
  const profile = 'timeZone: Europe/Madrid, openingHours: {mon: [["09:00", "18:00"]]}, handoffs: {nobodyAfter: 15m}'
  const tenant = await open({
    'tenant.yaml': `tenant: {slug: toy, name: Toy, profile: {${profile}}}\nprocedures: [greet.yaml]\ndata: data\n`,
    'greet.yaml': patientProcedure.replace('{after: 10m, do', '{after: 10m, during: opening_hours, do'),
  })
  const { session_id: id } = await tenant.say('hello')
  expect(await tenant.dueAt()).toEqual(['2026-10-26T08:00:00.000Z'])
  const { response } = await tenant.say('I want to talk to a person')
  expect(response).toMatch(/somebody will be here from Monday, October 26 at 09:00\.$/)
  expect(await tenant.dueAt()).toEqual(['2026-10-26T08:15:00.000Z'])
  expect(await tenant.heard(id)).toHaveLength(2)
  await tenant.close()
})
