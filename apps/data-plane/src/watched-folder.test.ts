import { spawnSync } from 'node:child_process'
import { mkdir, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TenantStatus } from '@copse/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { greetProcedure, tenantYaml, writeTenant } from './testing/local-tenant.ts'
import { startMain } from './testing/main-process.ts'

const soon = { timeout: 15_000 }

let tenant: Awaited<ReturnType<typeof writeTenant>>
let plane: ReturnType<typeof startMain>
let url: string
beforeAll(async () => {
  tenant = await writeTenant({ 'tenant.yaml': tenantYaml.replace('greet.yaml', 'procedures') })
  await mkdir(path.join(tenant.folder, 'procedures'))
  await tenant.write('procedures/greet.procedure.yaml', greetProcedure())
  plane = startMain({ TENANT_CONFIG_PATH: tenant.file, COPSE_POLL_MS: '100' })
  url = await vi.waitFor(() => /"chat":"([^"]+)\/chat"/.exec(plane.out())![1]!, { timeout: 45_000 })
})
afterAll(async () => {
  plane.child.kill('SIGTERM')
  await plane.exited
  await tenant.remove()
})

async function say(user_id: string, message: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_id, message }),
  })
  return (await response.json()) as Record<string, unknown>
}

const read = async (route: string): Promise<unknown> => (await fetch(`${url}${route}`)).json()
const refused = async () => ((await read('/internal/status')) as TenantStatus).refused
const digest = async () => ((await read('/internal/status')) as TenantStatus).release.digest

const cli = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
/** What an operator reads. */
const copseStatus = (): string =>
  spawnSync(process.execPath, [cli, 'status', '--url', url, '--token', 'dev'], { encoding: 'utf8' }).stdout

test('a folder of procedures: an edit counts for new conversations, a broken file keeps the last good version and says so, mended it counts', async () => {
  expect(await say('CUST-1', 'hello')).toMatchObject({ step: 'ask', status: 'waiting' })

  const first = await digest()
  await tenant.write('procedures/greet.procedure.yaml', greetProcedure('Goodbye, {{name}}.'))
  await expect.poll(digest, soon).not.toBe(first)

  const second = await digest()
  await tenant.write('procedures/greet.procedure.yaml', greetProcedure().replace('action: end', 'action: edn'))
  await expect.poll(refused, soon).toMatchObject({
    why: expect.stringMatching(/greet\.procedure\.yaml:17:15 error unknown_action/) as string,
  })
  expect(copseStatus()).toMatch(/! what is newest cannot be used, since .*greet\.procedure\.yaml:17:15 error/)
  await expect.poll(plane.err, soon).toContain('files changed and cannot be used: what ran goes on')
  expect(await read('/healthz')).toMatchObject({ ok: true, newest: 'refused' })
  expect(await read('/readyz')).toMatchObject({ ready: true, newest: 'refused' })
  expect(await digest()).toBe(second)

  // Begun on the first version, under way through an edit and a broken file.
  expect(await say('CUST-1', 'Zoe')).toMatchObject({ status: 'completed', response: 'Thank you, Zoe.' })
  await say('CUST-2', 'hello')

  await tenant.write('procedures/greet.procedure.yaml', greetProcedure('So long, {{name}}.'))
  await expect.poll(refused, soon).toBeNull()
  expect(copseStatus()).toContain('nothing needs a person')
  expect(await read('/healthz')).not.toHaveProperty('newest')
  expect(await say('CUST-2', 'Max')).toMatchObject({ status: 'completed', response: 'Goodbye, Max.' })
  await say('CUST-1', 'hello')
  expect(await say('CUST-1', 'Zoe')).toMatchObject({ status: 'completed', response: 'So long, Zoe.' })
})

test('a procedure that is put into the folder can be talked to, and one that is taken out no longer', async () => {
  const farewell = greetProcedure().replace('id: greet', 'id: part').replace('[hello]', '[farewell]')
  await tenant.write('procedures/part.procedure.yaml', farewell)
  await expect.poll(() => say('CUST-3', 'farewell'), soon).toMatchObject({ intent: 'part', status: 'waiting' })
  await rm(path.join(tenant.folder, 'procedures/part.procedure.yaml'))
  const before = await digest()
  await expect.poll(digest, soon).not.toBe(before)
  expect(await say('CUST-3', 'Ana')).toMatchObject({ intent: 'part', status: 'completed' })
  expect(await say('CUST-3', 'farewell')).not.toMatchObject({ intent: 'part' })
})

test('saving many times in a row is taken when it has come to rest, not each time', async () => {
  const takings = () => plane.out().split('files changed: new conversations begin on them').length
  const before = takings()
  for (let round = 0; round < 20; round++) {
    await tenant.write('procedures/greet.procedure.yaml', greetProcedure(`Bye ${round}, {{name}}.`))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const farewell = async () => {
    await say('CUST-4', 'hello')
    return say('CUST-4', 'Zoe')
  }
  await expect.poll(farewell, soon).toMatchObject({ response: 'Bye 19, Zoe.' })
  expect(takings() - before).toBeLessThan(10)
})

test('what editors put into the folder while they are open is no procedure of anybody, and changes nothing', async () => {
  const takings = () => plane.out().split('files changed: new conversations begin on them').length
  const before = takings()
  // Emacs locks by a link that leads nowhere; others keep what is not saved yet.
  await symlink('ana@desk.1234', path.join(tenant.folder, 'procedures/.#greet.procedure.yaml'))
  await tenant.write('procedures/._greet.procedure.yaml', 'half [')
  await tenant.write('procedures/.greet.procedure.yaml.swp', 'half [')
  await tenant.write('procedures/greet.procedure.yaml~', 'half [')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(await refused()).toBeNull()
  expect(takings()).toBe(before)
})

test('a table that arrives after the procedure that names it is found', async () => {
  await tenant.write('tenant.yaml', tenantYaml.replace('greet.yaml', 'other/fee.procedure.yaml'))
  await mkdir(path.join(tenant.folder, 'other'))
  const fee = `copse: 1
procedure:
  id: fee
  triggers: [fee]
  steps:
    - {id: ask, action: collect_info, say: How much?, extract_fields: [{key: total, type: number}], required_fields: [total], next_step: fee, on_failure: handoff}
    - {id: fee, action: decide, table: fee.table.yaml, next_step: done}
    - {id: done, action: end, say: "{{fee}} euros"}
`
  await tenant.write('other/fee.procedure.yaml', fee)
  await expect.poll(refused, soon).toMatchObject({ why: expect.stringContaining('unknown_table') as string })
  const rules = 'total||fee\n    -----||---\n    >= 50||0\n    < 50||5'
  const head = 'inputs: [{name: total, type: number}]\n  outputs: [{name: fee, type: number}]'
  await tenant.write('other/fee.table.yaml', `table:\n  ${head}\n  rules: |\n    ${rules}\n`)
  await expect.poll(refused, soon).toBeNull()
  await say('CUST-6', 'fee')
  expect(await say('CUST-6', '20')).toMatchObject({ response: '5 euros' })
  await tenant.write('tenant.yaml', tenantYaml.replace('greet.yaml', 'procedures'))
  await expect.poll(() => say('CUST-7', 'hello'), soon).toMatchObject({ intent: 'greet' })
})

test('a configuration that is broken is told like a procedure that is, and what ran goes on', async () => {
  await tenant.write('tenant.yaml', 'tenant: [')
  await expect.poll(refused, soon).toMatchObject({ why: expect.stringContaining('tenant.yaml') as string })
  expect(await say('CUST-5', 'hello')).toMatchObject({ step: 'ask' })
  await tenant.write('tenant.yaml', tenantYaml.replace('greet.yaml', 'procedures'))
  await expect.poll(refused, soon).toBeNull()
})
