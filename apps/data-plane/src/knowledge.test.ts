import { randomIds, silentLogger } from '@copse/contracts'
import { startAnthropicServer } from '@copse/testkit'
import { afterEach, expect, test } from 'vitest'
import { boot } from './boot.ts'
import { compose, type DataPlane } from './compose.ts'
import { tenantYaml, writeTenant } from './testing/local-tenant.ts'

const hours = '# Hours\nWe open at nine.\n'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function openTenant(files: Record<string, string> = {}) {
  const tenant = await writeTenant({ 'tenant.yaml': `${tenantYaml}knowledge: shop.md\n`, 'shop.md': hours, ...files })
  closing.push(tenant.remove)
  const clock = { at: Date.UTC(2026, 10, 20), now: () => clock.at }
  let plane: DataPlane
  let count = 0
  async function start(): Promise<void> {
    const booted = await boot({
      config: {
        host: '127.0.0.1',
        port: 0,
        privateHost: undefined,
        privatePort: undefined,
        dataPath: undefined,
        source: { kind: 'local', configPath: tenant.file },
        dev: undefined,
        instance: undefined,
        logLevel: 'silent',
        pollMs: 1_000,
      },
      clock,
      logger: silentLogger,
      random: Math.random,
    })
    const at = { host: '127.0.0.1', port: 0, instance: 'test', clock, ids: randomIds, logger: silentLogger }
    plane = await compose({ boot: booted, ...at })
  }
  await start()
  closing.push(() => plane.close())
  const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${plane.port}${path}`, init)
  return {
    clock,
    async says(message: string): Promise<string> {
      const body = JSON.stringify({ user_id: 'ann', message, message_id: String(++count) })
      const answer = await ask('/api/chat', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      return ((await answer.json()) as { response: string }).response
    },
    metric: async (name: string) =>
      (await (await ask('/metrics')).text()).split('\n').filter((line) => line.startsWith(name)),
    write: tenant.write,
    reload: () => ask('/api/procedures/reload', { method: 'POST' }),
    async restart() {
      await plane.close()
      await start()
    },
  }
}

test('a tenant answers from its text, before and in the middle of a procedure', async () => {
  const tenant = await openTenant()
  expect(await tenant.says('When do you open?')).toBe('We open at nine.')
  expect(await tenant.says('hello')).toBe('What is your name?')
  expect(await tenant.says('When do you open?')).toBe('We open at nine.\n\nWhat is your name?')
  expect(await tenant.says('Ann')).toBe('Thank you, Ann.')
  expect(await tenant.metric('knowledge_answers_total')).toEqual(['knowledge_answers_total{outcome="answered"} 2'])
})

test('a text that was changed is answered from at once, in a conversation under way, too', async () => {
  const tenant = await openTenant()
  await tenant.says('hello')
  await tenant.write('shop.md', 'We open at ten.')
  expect((await tenant.reload()).status).toBe(200)
  expect(await tenant.says('When do you open?')).toBe('We open at ten.\n\nWhat is your name?')
  await tenant.write('shop.md', '')
  await tenant.reload()
  expect(await tenant.says('When do you open?')).not.toContain('We open')
})

test('a month’s tokens are counted across restarts, end with a fixed line and no call, and begin anew with the month', async () => {
  const model = await startAnthropicServer()
  closing.push(() => model.close())
  const tenant = await openTenant({
    'key.txt': 'sk-test',
    'tenant.yaml': `tenant: {slug: toy, name: Toy, profile: {knowledge: {tokensPerMonth: 6000}}}
procedures: [greet.yaml]
knowledge: shop.md
model: {provider: anthropic, baseUrl: "${model.url}", credential: model}
credentials: {model: key.txt}
data: data
`,
  })
  const noProcedure = { json: { label: 'none' } }
  const taking = (input: number) => ({
    json: { answer: 'We open at nine.', passages: [1] },
    usage: { input_tokens: input, output_tokens: 100 },
  })
  model.reply(noProcedure, taking(5_500))
  expect(await tenant.says('When do you open?')).toBe('We open at nine.')
  for (let times = 0; times < 2; times++) {
    model.reply(noProcedure)
    expect(await tenant.says('When do you open?')).toMatch(/^I am sorry, I cannot answer questions like that/)
    expect(await tenant.metric('knowledge_answers_total{outcome="quota"}')).toHaveLength(1)
    await tenant.restart()
  }
  expect(model.requests).toHaveLength(4)
  tenant.clock.at = Date.UTC(2026, 11, 1)
  model.reply(noProcedure, taking(10))
  expect(await tenant.says('When do you open?')).toBe('We open at nine.')
})

test.each([
  ['longer than anybody reads', 'a'.repeat(500_001), 'holds more than 500,000 characters'],
  ['no text', 'PK\0\0', 'is no text'],
])('a file of knowledge that is %s is refused with its name', async (_, text, problem) => {
  await expect(openTenant({ 'shop.md': text })).rejects.toThrow(new RegExp(`shop\\.md ${problem}`))
})
