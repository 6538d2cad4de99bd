import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { globSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { tenantAt } from './process/tenant-client.ts'
import { startTenant, type TenantProcess } from './process/tenant-process.ts'

const main = new URL('../../apps/cli/src/main.ts', import.meta.url).pathname
const library = new URL('../../procedures/refund.procedure.yaml', import.meta.url).pathname
const operations = new URL('../../examples/demo-business/operations.yaml', import.meta.url).pathname

let home: string
let business: DemoBusiness
let tenant: TenantProcess
let refund: string
let lost: string

/** As typed into a pipe. */
async function copse(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [main, ...words], {
    env: { COPSE_TENANT_URL: tenant.url, NODE_COMPILE_CACHE: join(home, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  await once(child, 'close')
  return { code: child.exitCode, out, err }
}

const json = async (...words: string[]) => JSON.parse((await copse(...words, '--json')).out)

/** The cases are one story and run in order. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'copse-cli-'))
  business = await startDemoBusiness({ port: 0, folder: ':memory:' })
  const config = {
    tenant: { slug: 'cli', name: 'Cli', profile: { timeZone: 'Europe/Madrid' } },
    procedures: [library],
    connectors: [{ name: 'business', type: 'http', config: { baseUrl: business.url }, operations }],
    identity: 'find_customer',
  }
  await writeFile(join(home, 'tenant.yaml'), stringify(config))
  tenant = await startTenant({
    configPath: join(home, 'tenant.yaml'),
    folder: join(home, 'data'),
    cache: join(home, 'cache'),
  })
  const client = tenantAt(tenant.url)
  refund = (await client.chat('CUST-456', 'I want a refund for my order from TechMart')).body.session_id
  await client.chat('CUST-456', 'yes')
})
afterAll(async () => {
  await tenant.kill()
  await business.close()
  await rm(home, { recursive: true })
})

describe('copse', () => {
  it('tells in one look that nothing needs a person', async () => {
    const { code, out } = await copse('status')
    expect(out).toContain('nothing needs a person')
    expect(out).toMatch(/^cli {2}release 0 {2}up /)
    expect(out).not.toContain('\u001b')
    expect(code).toBe(0)
  })

  it('tells why, with the values that decided', async () => {
    const { code, out } = await copse('why', refund)
    expect(code).toBe(0)
    expect(out).toContain('chose Delivered within the last 30 days at check_order')
    expect(out).toContain('order_status == delivered AND days_since_delivery <= 30  true')
    expect(out).toMatch(/order_status == delivered {2}true {2}order_status is delivered/)
    expect(out).toMatch(/did {3}issue_refund .*ORD-123.* done/)
    expect(out).toMatch(/said {2}".*refund/i)
    const { out: second } = await copse('why', refund, '--turn', '2')
    expect(second).toContain('turn 2')
    expect(second).not.toContain('turn 1')
    expect(await copse('why', refund, '--turn', '9')).toMatchObject({ code: 1, err: expect.stringContaining('1 to 2') })
  })

  it('lists sessions and effects, for people and as data', async () => {
    expect((await copse('sessions', '--user', 'CUST-456')).out).toContain(refund)
    const [{ contactId }] = (await json('sessions', '--user', 'CUST-456')).sessions
    expect((await copse('sessions', '--user', 'CUST-456')).out).toContain(`copse why ${contactId}`)
    expect((await copse('sessions', '--limit', '1')).out).not.toContain('there are more')
    expect((await copse('timers')).out).toContain('no timers')
    const { effects } = await json('effects', '--session', refund)
    expect(effects.map(({ name, state }: { name: string; state: string }) => [name, state])).toContainEqual([
      'issue_refund',
      'done',
    ])
  })

  it('names what needs a person, and takes their word for it', async () => {
    business.faults.set({ delayMs: 0, fail: 'cut_after', operation: 'issue_refund', times: 20 })
    const client = tenantAt(tenant.url)
    lost = (await client.chat('CUST-678', 'I want a refund for ORD-602')).body.session_id
    await client.chat('CUST-678', 'yes', { session_id: lost })
    business.faults.set({ delayMs: 0, fail: 'none' })
    const found = (await json('effects', '--session', lost)).effects.find(
      ({ state }: { state: string }) => state === 'uncertain',
    )
    expect(found).toBeDefined()
    const { code, out } = await copse('status')
    expect(code).toBe(1)
    expect(out).toContain('copse effects --uncertain')
    const listed = (await copse('effects', '--uncertain')).out
    expect(listed).toMatch(/\n {2}why {6}connection_cut: .*\n {2}with {5}\{.*\n {2}session {2}/)
    expect(listed).toContain(lost)
    expect((await copse('resolve', found.key, 'perhaps')).err).toContain('none of confirmed, failed, retry')
    expect((await copse('why', lost)).out).toContain(`copse resolve ${found.key.slice(0, 12)} confirmed|failed|retry`)
    expect((await copse('resolve', 'abc', 'failed')).err).toContain('No uncertain effect begins so')
    expect(await copse('resolve', found.key.slice(0, 12), 'confirmed', '--why', 'seen in the ledger')).toMatchObject({
      code: 0,
    })
    const { handoffs } = await json('handoffs', '--session', lost)
    expect(await copse('status')).toMatchObject({ code: 1, out: expect.stringContaining('copse handoffs') })
    await copse('owner', handoffs[0].conversationId, 'human')
    expect((await copse('status')).code).toBe(0)
    expect(await copse('resolve', found.key, 'failed')).toMatchObject({ code: 1 })
    expect((await copse('why', lost)).out).toMatch(
      new RegExp(`by hand {2}.* resolved effect ${found.key.slice(0, 12)} as confirmed {2}seen in the ledger`),
    )
  }, 60_000)

  it('says of a try again that nothing comes back to it once the session is over', async () => {
    const client = tenantAt(tenant.url)
    business.faults.set({ delayMs: 0, fail: 'cut_after', operation: 'issue_refund', times: 20 })
    const over = (await client.chat('CUST-789', 'I want a refund for ORD-456')).body.session_id
    await client.chat('CUST-789', 'yes', { session_id: over })
    business.faults.set({ delayMs: 0, fail: 'none' })
    const { effects } = await json('effects', '--uncertain')
    expect(effects).toHaveLength(1)
    for (const { key } of effects) expect((await copse('resolve', key, 'retry')).out).toContain('the session is over')
  }, 60_000)

  it('fits its help in a terminal of 80 columns', async () => {
    const names = [...(await copse('help')).out.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, name]) => name!)
    expect(names.length).toBeGreaterThan(20)
    for (const words of [
      ['help'],
      ...['backup', 'restore', 'forget', 'resolve', 'why'].map((name) => [name, '--help']),
    ])
      for (const line of (await copse(...words)).out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  }, 60_000)

  it('says what is wrong with what was typed, and what it would take', async () => {
    expect(await copse()).toMatchObject({ code: 2, out: expect.stringContaining('dead-letters') })
    expect(await copse('wy')).toMatchObject({ code: 2, err: expect.stringContaining('no command "wy"') })
    expect(await copse('why')).toMatchObject({ code: 1, err: expect.stringContaining('Say which: a session') })
    expect(await copse('status', '--loud')).toMatchObject({ code: 2, err: expect.stringContaining('--loud') })
    const refused: [string[], string][] = [
      [['why', 'nobody'], 'There is no session, contact or conversation nobody. Who wrote is found by --user'],
      [['why', refund, '--turn', 'two'], '--turn is a number, not "two".'],
      [['sessions', '--limit', 'abc'], '--limit is a number from 1 to 499, not "abc".'],
      [['redrive', 'message', '7'], 'No dead message 7.'],
      [['redrive', 'send', 'x'], '<n> is a number, not "x".'],
      [['backup', '/x/y.db'], '/x/y.db is a path. A running tenant copies into its own backups/'],
      [['effects', '--session', 'nope'], 'There is no session nope.'],
      [['timers', '--session', 'nope'], 'There is no session nope.'],
      [['status', '--url', 'nonsense'], '--url nonsense is no address.'],
    ]
    for (const [words, says] of refused) {
      const { code, out, err } = await copse(...words)
      expect({ code, out, err }).toEqual({
        code: 1,
        out: '',
        err: expect.stringContaining(`copse ${words[0]}: ${says}`),
      })
    }
    expect(await copse('status', '--url', 'http://127.0.0.1:1')).toMatchObject({
      code: 1,
      err: expect.stringContaining('copse status: Nothing answers at http://127.0.0.1:1'),
    })
  })

  it('lets a person take a conversation and write in it', async () => {
    const { sessions } = await json('sessions', '--user', 'CUST-456')
    const conversation = sessions[0].conversationId
    expect((await copse('say', conversation, 'Hello, Ana here.')).err).toContain('Take the conversation over first')
    expect((await copse('owner', conversation, 'human', '--why', 'she asked')).out).toContain('the person’s now')
    expect((await copse('say', conversation, 'Hello, Ana here.')).code).toBe(0)
    expect((await copse('owner', conversation, 'bot')).code).toBe(0)
  })

  it('tells of messages that belong to no session, and whose they are', async () => {
    const client = tenantAt(tenant.url)
    await client.chat('CUST-9', 'Good morning')
    const told = await copse('why', '--user', 'CUST-9')
    expect(told.out).toContain('no session')
    expect(told.out).toContain('in    "Good morning"')
    const [{ id, conversationId }] = (await json('why', '--user', 'CUST-9', '--channel', 'api')).contacts
    for (const known of [id, conversationId]) expect((await copse('why', known)).out).toBe(told.out)
    expect((await copse('why', '--user', 'nobody')).err).toContain('Nobody wrote as nobody on any channel')

    const ended = (await client.chat('CUST-456', 'Is somebody there?')).body
    expect(ended.session_id).toBeNull()
    const { out } = await copse('why', refund)
    const [, conversation] = /1 turn without a session followed {2}copse why (\S+)/.exec(out) ?? []
    expect((await copse('why', conversation!)).out).toContain('"Is somebody there?"')
  })

  it('copies and checks a tenant at work, and forgets a person there but not in the copy', async () => {
    const said = 'Hello, Ana here.'
    const { code, out } = await copse('backup', 'monday.db')
    expect(code).toBe(0)
    const copy = join(home, 'data/backups/monday.db')
    expect(out).toContain(copy)
    expect(out).toContain(
      createHash('sha256')
        .update(await readFile(copy))
        .digest('hex'),
    )
    expect(await copse('backup', 'monday.db')).toMatchObject({ code: 1, err: expect.stringContaining(copy) })
    expect(await copse('backup', '../monday.db')).toMatchObject({ code: 1, err: expect.stringContaining('is a path') })
    expect(await copse('backup', '.hidden')).toMatchObject({ code: 1, err: expect.stringContaining('name: use a-z') })
    expect(await copse('verify')).toMatchObject({ code: 0, out: 'Everything holds.\n' })

    const { sessions } = await json('sessions', '--user', 'CUST-456')
    expect(await copse('forget', sessions[0].contactId)).toMatchObject({
      code: 0,
      out: expect.stringContaining('is forgotten'),
    })
    expect((await json('sessions', '--user', 'CUST-456')).sessions).toEqual([])
    expect((await copse('verify')).code).toBe(0)
    const live = globSync(join(home, 'data/*')).filter((file) => statSync(file).isFile())
    const holding = [...live, copy].filter((file) => readFileSync(file).includes(said))
    expect(holding).toEqual([copy])

    expect((await copse('restore', copy, '--data', join(home, 'restored'))).code).toBe(0)
    const again = await tenantAt(tenant.url).chat('CUST-456', 'I want a refund for my order from TechMart')
    expect(again.body).toMatchObject({ status: 'waiting' })
  }, 60_000)
})
