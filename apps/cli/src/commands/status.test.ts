import { stripVTControlCharacters } from 'node:util'
import type { TenantStatus } from '@copse/contracts'
import { expect, test } from 'vitest'
import type { Call } from '../command.ts'
import { status } from './status.ts'

const now = Date.UTC(2026, 3, 14, 3, 15)
const calm: TenantStatus = {
  tenant: 'acme',
  instance: 'acme-1',
  release: { number: 1, digest: 'x' },
  refused: null,
  storage: null,
  silence: null,
  startedAt: now - 60_000,
  now,
  counts: {
    pendingMessages: 0,
    deadMessages: 0,
    unsentMessages: 0,
    deadSends: 0,
    droppedSends: 0,
    unsentNotices: 0,
    deadNotices: 0,
    uncertainEffects: 0,
    openHandoffs: 0,
    waitingSessions: 0,
  },
  backlog: { unsent: [], lateTimers: 0 },
  breakers: {},
  connectors: {},
  lastBackup: null,
}

async function shownFor(found: Partial<TenantStatus>) {
  const answer = { ...calm, ...found }
  const tenant = { get: async () => answer, post: async () => answer }
  const { text, exitCode } = await status.run({ tenant: async () => tenant } as unknown as Call)
  return { text: stripVTControlCharacters(text), exitCode }
}

test('a tenant that is well needs nobody', async () => {
  expect(await shownFor({})).toMatchObject({ text: expect.stringContaining('nothing needs a person'), exitCode: 0 })
})

test('a disk that takes nothing is said first, since when, and with what to do', async () => {
  const { text, exitCode } = await shownFor({ storage: { since: now - 120_000, why: 'SQLITE_FULL' } })
  expect(text).toMatch(
    /needs a person\n {2}! every message is refused, since 2 m: SQLITE_FULL {2}free some of the disk/,
  )
  expect(exitCode).toBe(1)
  const damaged = await shownFor({ storage: { since: now, why: 'SQLITE_CORRUPT_INDEX' } })
  expect(damaged.text).toContain('copse restore')
})

test('sessions that rest since a restore are named, and so is a zone that timers do not come in', async () => {
  const resting = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
  const { text } = await shownFor({ resting, unreadTimers: [{ zone: 'Mars/Olympus', timers: 3 }] })
  expect(text).toMatch(/7 {2}sessions rest since the restore .* s1, s2, s3, s4, s5, 2 more/)
  expect(text).toContain('3  recurring timers do not come: their zone Mars/Olympus')
})

test('a control plane that is silent for long is said, and with what comes of it', async () => {
  const silence = { since: now - 300_000, why: 'http://127.0.0.1:8001 answered 503.' }
  expect((await shownFor({ silence })).text).toContain(
    'nothing is heard of the control plane, since 5 m: http://127.0.0.1:8001 answered 503.',
  )
  expect(await shownFor({ silence: { ...silence, since: now - 30_000 } })).toMatchObject({ exitCode: 0 })
})

test('a case that nobody took needs a person', async () => {
  const { text, exitCode } = await shownFor({ counts: { ...calm.counts, openHandoffs: 2 } })
  expect(text).toMatch(/! +2 {2}cases that wait for a person {2}copse handoffs/)
  expect(exitCode).toBe(1)
})

test('a channel that rests says what its outside said last', async () => {
  const unsent = [{ channel: 'shop', messages: 1, oldestAt: now, pushed: true, error: '190: The token has expired.' }]
  const { text } = await shownFor({ breakers: { shop: 'open' }, backlog: { ...calm.backlog, unsent } })
  expect(text).toMatch(/! channel shop rests {2}190: The token has expired. Once that is mended, it goes on by itself/)
  expect((await shownFor({ breakers: { shop: 'half_open' } })).text).toContain('it is tried again by itself')
})

test('a connector rests while calls are refused, and no longer when the next one tries it', async () => {
  expect((await shownFor({ connectors: { business: 'open' } })).text).toContain('connector business rests')
  expect(await shownFor({ connectors: { business: 'half_open' } })).toMatchObject({ exitCode: 0 })
})
