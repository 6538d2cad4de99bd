import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createConnector } from '@copse/connectors'
import { connectorBinding, type JsonObject } from '@copse/contracts'
import { openStore } from '@copse/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { run } from './run.ts'

let root: string
let said: string[]
let complaints: string[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'copse-cli-'))
  said = []
  complaints = []
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const copse = (...argv: string[]): Promise<number> =>
  run(argv, {
    environment: readConfig({}),
    print: (text) => void said.push(text),
    complain: (text) => void complaints.push(text),
    now: Date.now,
    signal: new AbortController().signal,
  })
const data = (): string => join(root, 'data')
const copy = (): string => join(root, 'copy.db')

async function contactIn(folder: string): Promise<string> {
  const store = await openStore({ folder })
  const [appended] = await store.append([
    { channel: 'web', messageId: 'm1', contact: { alias: 'ana' }, kind: 'text', text: 'hi' },
  ])
  await store.close()
  return appended!.contactId
}

test('a stopped tenant is copied, checked and brought back without a server', async () => {
  await contactIn(data())
  expect(await copse('backup', copy(), '--data', data())).toBe(0)
  expect(await copse('verify', '--data', data(), '--json')).toBe(0)
  expect(JSON.parse(said.at(-1)!)).toEqual({ ok: true, problems: [] })
  expect(await copse('restore', copy(), '--data', data())).toBe(1)
  expect(complaints.at(-1)).toContain('not empty. Say --replace')
  expect(await copse('restore', join(root, 'nope.db'), '--data', data())).toBe(1)
  expect(complaints.at(-1)).toBe(`copse restore: There is no ${join(root, 'nope.db')}.`)
  expect(await copse('backup', join(root, 'safe', 'copy.db'), '--data', data())).toBe(1)
  expect(complaints.at(-1)).toBe(`copse backup: There is no folder ${join(root, 'safe')}.`)
  expect(await copse('restore', copy(), '--data', data(), '--replace', '--json')).toBe(0)
  expect(JSON.parse(said.at(-1)!)).toMatchObject({ generation: 1, setAside: { messages: 1 } })
})

test('a person of a stopped tenant is forgotten', async () => {
  const id = await contactIn(data())
  expect(await copse('forget', id, '--data', data())).toBe(0)
  expect(await copse('forget', 'nobody', '--data', data())).toBe(1)
  expect(complaints.at(-1)).toContain('There is no contact nobody. Who wrote is found by --user')
})

test('a person of a stopped tenant is forgotten by what the channel calls them', async () => {
  await contactIn(data())
  expect(await copse('forget', '--user', 'ana', '--channel', 'sms', '--data', data())).toBe(1)
  expect(complaints.at(-1)).toContain('Nobody wrote as ana on sms')
  expect(await copse('forget', '--user', 'ana', '--data', data())).toBe(0)
  expect(await copse('forget', '--user', 'ana', '--data', data())).toBe(1)
})

test('nobody is forgotten in a folder that is no tenant’s, and none is begun there', async () => {
  expect(await copse('forget', 'c1', '--data', data())).toBe(1)
  expect(complaints.at(-1)).toBe(`copse forget: There is no copse.db in ${data()}.`)
  expect(existsSync(data())).toBe(false)
})

test('a calendar is copied, forgotten and brought back with the rest of a stopped tenant', async () => {
  const contact_id = await contactIn(data())
  const allDay = [{ from: '00:00', to: '24:00' }]
  const week = { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay }
  const config = { hours: { week } }
  const binding = connectorBinding.parse({ name: 'calendar', type: 'builtin_calendar', config })
  const ask = async (name: string, args: JsonObject): Promise<JsonObject> => {
    const calendar = createConnector(binding, { folder: data() })
    const operation = calendar.operations.find((each) => each.name === name)!
    const signal = new AbortController().signal
    const outcome = await calendar.call({ operation, args, idempotencyKey: name, signal })
    await calendar.close()
    if (outcome.status !== 'ok') throw new Error(JSON.stringify(outcome))
    return outcome.data
  }
  const count = async () => (await ask('get_future_appointments', { contact_id }))['count']
  const [slot] = (await ask('list_slots', { limit: 1 }))['items'] as { id: string }[]
  await ask('book_appointment', { slot: slot!.id, contact_id })
  expect(await copse('backup', copy(), '--data', data())).toBe(0)
  const kept = [join(data(), 'calendar.db'), join(dirname(copy()), 'calendar', basename(copy()))]
  for (const [file, asked] of [
    [kept[0]!, ['--data', data()]],
    [kept[1]!, [copy()]],
  ] as const) {
    expect(await copse('verify', ...asked)).toBe(0)
    const whole = readFileSync(file)
    writeFileSync(file, Buffer.from(whole).fill(0xff, 8_192, 12_288))
    expect(await copse('verify', ...asked)).toBe(1)
    expect(said.at(-1)).toContain(`${file}: `)
    writeFileSync(file, whole)
  }
  expect(await copse('forget', contact_id, '--data', data())).toBe(0)
  expect(await count()).toBe(0)
  // Who was forgotten stays so, unless nothing is there that knows of it.
  expect(await copse('restore', copy(), '--data', data(), '--replace')).toBe(0)
  expect(said.at(-1)).toContain('calendar.db is restored with it.')
  expect(said.at(-1)).not.toContain('forget them again')
  expect(await count()).toBe(0)
  rmSync(join(data(), 'copse.db'))
  expect(await copse('restore', copy(), '--data', data(), '--replace')).toBe(0)
  expect(said.at(-1)).toContain('forget them again')
  expect(await count()).toBe(1)
  expect(
    readdirSync(
      join(
        data(),
        readdirSync(data()).find((name) => name.startsWith('replaced-'))!,
      ),
    ),
  ).toContain('calendar.db')
})

test('a copy whose calendar is damaged, or that is another tenant’s, changes nothing', async () => {
  await contactIn(data())
  const release = (slug: string) => ({ usedAt: 1, dev: false, release: { digest: slug, tenant: { id: slug, slug } } })
  const write = (folder: string, text: string) => {
    mkdirSync(dirname(folder), { recursive: true })
    writeFileSync(folder, text)
  }
  write(join(data(), 'releases', '1-a.release.json'), JSON.stringify(release('acme')))
  expect(await copse('backup', copy(), '--data', data())).toBe(0)
  write(join(root, 'calendar', 'copy.db'), 'half of a copy, and that is no database any more')
  expect(await copse('restore', copy(), '--data', data(), '--replace')).toBe(1)
  expect(complaints.at(-1)).toContain(join(root, 'calendar', 'copy.db'))
  rmSync(join(root, 'calendar'), { recursive: true })
  const other = join(root, 'other')
  write(join(other, 'releases', '1-b.release.json'), JSON.stringify(release('beta')))
  expect(await copse('restore', copy(), '--data', other)).toBe(1)
  expect(complaints.at(-1)).toContain(`is a copy of acme, and ${other} is beta's`)
  expect([...readdirSync(data()), ...readdirSync(other)].filter((name) => /replaced|copse/.test(name))).toEqual([
    'copse.db',
  ])
  expect(await copse('restore', copy(), '--data', data(), '--replace')).toBe(0)
  expect(said.at(-1)).toContain('It is a copy of acme.')
  copyFileSync(copy(), join(root, 'lone.db'))
  expect(await copse('restore', join(root, 'lone.db'), '--data', data(), '--replace')).toBe(0)
  expect(said.at(-1)).toContain('Nothing beside the copy says whose it is: see that it is acme’s')
})

test('a copy whose calendar cannot be put in its place changes nothing', async () => {
  await contactIn(data())
  writeFileSync(join(data(), 'calendar.db'), '')
  expect(await copse('backup', copy(), '--data', data())).toBe(0)
  const before = readFileSync(join(data(), 'copse.db'))
  // Held by something else.
  mkdirSync(join(data(), 'calendar.db.restoring'))
  expect(await copse('restore', copy(), '--data', data(), '--replace')).toBe(1)
  expect(readFileSync(join(data(), 'copse.db')).equals(before)).toBe(true)
  expect(readdirSync(data()).filter((name) => name.startsWith('replac'))).toEqual([])
  rmSync(join(data(), 'calendar.db.restoring'), { recursive: true })
  expect(await copse('restore', copy(), '--data', data(), '--replace'), complaints.join()).toBe(0)
})

test('a copy comes back also where a power cut left half of a release beside the data', async () => {
  await contactIn(data())
  mkdirSync(join(data(), 'releases'))
  writeFileSync(join(data(), 'releases', '1-a.release.json'), '')
  expect(await copse('backup', copy(), '--data', data())).toBe(0)
  expect(await copse('restore', copy(), '--data', data(), '--replace'), complaints.join()).toBe(0)
})

test('a running tenant’s folder is left alone', async () => {
  const store = await openStore({ folder: data() })
  expect(await copse('backup', copy(), '--data', data())).toBe(1)
  expect(complaints.join()).toContain('Another process holds')
  expect(existsSync(copy())).toBe(false)
  await store.close()
})
