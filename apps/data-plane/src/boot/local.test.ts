import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Fault } from '@copse/contracts'
import { expect, test } from 'vitest'
import { greetProcedure, tenantYaml, writeTenant } from '../testing/local-tenant.ts'
import { ask, bootFrom, startPlane } from '../testing/plane.ts'

/** The file says whether it is development. */
const start = (configPath: string) => bootFrom(configPath, { dev: undefined })

async function faultOf(files: Record<string, string>): Promise<Fault> {
  const tenant = await writeTenant(files)
  const fault = await start(tenant.file).catch((error: unknown) => error as Fault)
  await tenant.remove()
  if (!(fault instanceof Error)) throw new Error('It started.')
  return fault
}

test('a tenant of one file becomes a release, in development mode, with its data beside it', async () => {
  const tenant = await writeTenant()
  const { bundle, dev, dataPath } = await start(tenant.file)
  expect([dev, dataPath]).toEqual([true, path.join(tenant.folder, 'data')])
  expect(bundle.release).toMatchObject({
    number: 0,
    tenant: {
      slug: 'toy',
      name: 'Toy',
      profile: { timeZone: 'UTC', variables: { demo_customers: 'CUST-1 Ana Silva, CUST-2' } },
    },
    procedures: [{ id: 'greet', version: '1', triggers: ['hello'] }],
    model: { provider: 'offline' },
  })
  expect(bundle.release.procedures[0]?.treeHash).toMatch(/^[0-9a-f]{64}$/)
  await tenant.remove()
})

test('the same files always make the same release', async () => {
  const [one, two] = [await writeTenant(), await writeTenant()]
  expect((await start(one.file)).bundle.release.digest).toBe((await start(two.file)).bundle.release.digest)
  await one.remove()
  await two.remove()
})

test('a faulty configuration gets every fault, each with its line and column', async () => {
  const { message } = await faultOf({
    'tenant.yaml': 'tenant:\n  slug: Bad Slug\n  name: X\nprocedures: []\ncolour: red\n',
  })
  expect(message).toMatch(/tenant\.yaml:2:9 error field_invalid {2}tenant\.slug/)
  expect(message).toMatch(/tenant\.yaml:4:13 error field_invalid {2}procedures/)
  expect(message).toContain('colour')
})

test('a configuration that is not YAML says where', async () => {
  expect((await faultOf({ 'tenant.yaml': 'tenant: {slug: toy\nname: [' })).message).toMatch(
    /tenant\.yaml:\d+:\d+ error not_yaml/,
  )
})

test('a faulty procedure gets every fault, each with its file, line and column', async () => {
  const broken = greetProcedure().replace('collect_info', 'collect_inof').replace('action: end', 'action: edn')
  const fault = await faultOf({ 'greet.yaml': broken })
  expect(fault.code).toBe('procedure_invalid')
  expect(fault.message).toMatch(/greet\.yaml:9:15 error unknown_action/)
  expect(fault.message).toMatch(/greet\.yaml:17:15 error unknown_action/)
  expect(fault.extra['diagnostics']).toHaveLength(2)
})

test('a file that is named and not there is a fault that names it', async () => {
  const yaml = 'tenant: {slug: toy, name: Toy}\nprocedures: [gone.yaml]\n'
  expect((await faultOf({ 'tenant.yaml': yaml })).message).toContain('gone.yaml cannot be read (ENOENT)')
})

const binding = (name: string) =>
  `  - {name: ${name}, type: http, config: {baseUrl: "http://127.0.0.1:1"}, operations: ops.yaml}\n`

test('a type of connector or channel that there is not is named before anything that follows from it', async () => {
  const shop = '  - {id: look, action: tool_call, tools: [{name: list_slots}], next_step: end}\n'
  const fault = await faultOf({
    'tenant.yaml':
      'tenant: {slug: toy, name: Toy}\nprocedures: [greet.yaml]\nconnectors: [{name: calendar, type: some_calendar}]\nchannels: [{name: fax, type: fax}]\n',
    'greet.yaml': `copse: 1\nprocedure:\n  id: greet\n  triggers: [hi]\n  steps:\n${shop}`,
  })
  expect(fault.code).toBe('config_invalid')
  expect(fault.message).toContain('connector calendar: no type is called "some_calendar". There is http')
  expect(fault.message).toMatch(/fax.*whatsapp/s)
})

test('two files of one id are refused, by their names; one file that is named twice is one', async () => {
  const yaml = (...procedures: string[]) => `tenant: {slug: toy, name: Toy}\nprocedures: [${procedures.join(', ')}]\n`
  const fault = await faultOf({ 'tenant.yaml': yaml('greet.yaml', 'copy.yaml'), 'copy.yaml': greetProcedure('Bye') })
  expect(fault.message).toMatch(
    /copy\.yaml:1:1 error duplicate_procedure {2}"greet" is the id of \S*greet\.yaml, too\./,
  )
  const tenant = await writeTenant({ 'tenant.yaml': yaml('greet.yaml', './greet.yaml') })
  expect((await start(tenant.file)).bundle.release.procedures).toHaveLength(1)
  await tenant.remove()
})

test('two connectors that offer one operation are refused', async () => {
  const fault = await faultOf({
    'tenant.yaml': `tenant: {slug: toy, name: Toy}\nprocedures: [greet.yaml]\nconnectors:\n${binding('one')}${binding('two')}`,
    'ops.yaml': '- {name: ping, effect: read, wire: {path: /ping}}\n',
  })
  expect([fault.code, fault.message.includes('ping')]).toEqual(['config_invalid', true])
})

test('the release holds beside its procedures what they name, and nothing else of their folder', async () => {
  const which = `copse: 1
procedure:
  id: which
  outputs: {total: number}
  steps:
    - {id: ask, action: collect_info, extract_fields: [{key: total, type: number}], required_fields: [total], next_step: end, on_failure: handoff}
`
  const fee = `copse: 1
procedure:
  id: fee
  triggers: [fee]
  steps:
    - {id: which, action: subprocedure, procedure: which, outputs: {total: total}, next_step: fee}
    - {id: fee, action: decide, table: fee.table.yaml, next_step: done}
    - {id: done, action: end, say: "{{fee}}"}
`
  const table = `table:
  inputs: [{name: total, type: number}]
  outputs: [{name: fee, type: number}]
  rules: |
    total  || fee
    -------||-----
    >= 50  || 0
    < 50   || 5
`
  const tenant = await writeTenant({
    'tenant.yaml': 'tenant: {slug: toy, name: Toy}\nprocedures: [fee.procedure.yaml]\ndata: data\n',
    'fee.procedure.yaml': fee,
    'which.procedure.yaml': which,
    'fee.table.yaml': table,
    'other.table.yaml': table,
    'other.procedure.yaml': greetProcedure(),
  })
  const { bundle } = await start(tenant.file)
  expect(bundle.release.beside?.toSorted((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
    { file: 'fee.table.yaml', text: table },
    { file: 'which.procedure.yaml', text: which },
  ])
  await tenant.remove()
})

test('a conversation runs, a reload changes new sessions only, and a broken file keeps the last good version', async () => {
  const tenant = await writeTenant()
  const plane = await startPlane(await start(tenant.file))
  const post = (route: string, body: object) => ask<Record<string, unknown>>(plane, route, body)
  const say = (user_id: string, message: string) => post('/api/chat', { user_id, message })

  expect(await say('CUST-1', 'hello')).toMatchObject({ status: 'waiting', intent: 'greet', step: 'ask' })

  await tenant.write('greet.yaml', greetProcedure('Goodbye, {{name}}.'))
  expect(await post('/api/procedures/reload', {})).toMatchObject({ http: 200, procedures: [{ id: 'greet' }] })
  await tenant.write('greet.yaml', 'copse: 1\nprocedure: 7\n')
  expect(await post('/api/procedures/reload', {})).toMatchObject({
    http: 422,
    code: 'procedure_invalid',
    diagnostics: [{ line: 2, column: 12 }],
  })

  expect(await say('CUST-1', 'Zoe')).toMatchObject({ status: 'completed', response: 'Thank you, Zoe.' })
  await say('CUST-2', 'hello')
  expect(await say('CUST-2', 'Max')).toMatchObject({ status: 'completed', response: 'Goodbye, Max.' })
  await plane.close()
  await tenant.remove()
})

test('outside development its people get in with the token that it keeps in its data folder, and nobody else', async () => {
  const tenant = await writeTenant({ 'tenant.yaml': `${tenantYaml}dev: false\n` })
  const plane = await startPlane(await start(tenant.file))
  const file = path.join(tenant.folder, 'data', 'operator-token')
  const statusFor = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`http://127.0.0.1:${plane.privatePort}/internal/status`, { headers })).status
  }
  expect(await statusFor((await readFile(file, 'utf8')).trim())).toBe(200)
  expect(await statusFor('copse_operator_guessed')).toBe(401)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await plane.close()
  await tenant.remove()
})
