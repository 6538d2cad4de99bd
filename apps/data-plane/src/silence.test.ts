import { randomIds, silentLogger } from '@copse/contracts'
import { expect, test } from 'vitest'
import { boot } from './boot.ts'
import { compose, type DataPlane } from './compose.ts'
import { greetProcedure, writeTenant } from './testing/local-tenant.ts'

const minuteMs = 60_000
const soon = { timeout: 15_000 }
const asking = greetProcedure().replace(
  '      on_failure: thank\n',
  `      on_failure: thank
      on_silence:
        - {after: 10m, do: nudge, say: {en: Are you still there?}}
        - {after: 1h, do: handoff}
`,
)

/** The whole tenant, by a clock that only the test sets. */
async function open() {
  const tenant = await writeTenant({ 'greet.yaml': asking })
  const clock = { at: Date.UTC(2026, 9, 25, 0, 30), now: () => clock.at }
  const config = {
    host: '127.0.0.1',
    port: 0,
    privateHost: undefined,
    privatePort: undefined,
    dataPath: undefined,
    source: { kind: 'local' as const, configPath: tenant.file },
    dev: true,
    instance: undefined,
    logLevel: 'silent' as const,
    pollMs: 1_000,
  }
  const start = async (): Promise<DataPlane> =>
    compose({
      boot: await boot({ config, clock, logger: silentLogger, random: Math.random }),
      host: '127.0.0.1',
      port: 0,
      instance: 'test',
      clock,
      ids: randomIds,
      logger: silentLogger,
      wakeMs: 5,
    })
  let plane = await start()
  const get = async <T>(route: string): Promise<T> =>
    (await (await fetch(`http://127.0.0.1:${plane.port}${route}`)).json()) as T
  return {
    clock,
    async restart() {
      await plane.close()
      plane = await start()
    },
    async say(message: string): Promise<{ session_id: string; status: string }> {
      const response = await fetch(`http://127.0.0.1:${plane.port}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user_id: 'ana', message }),
      })
      return (await response.json()) as { session_id: string; status: string }
    },
    async heard(sessionId: string): Promise<string[]> {
      const { messages } = await get<{ messages: { author: string; text: string }[] }>(
        `/api/sessions/${sessionId}/messages`,
      )
      return messages.filter(({ author }) => author === 'business').map(({ text }) => text)
    },
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
