import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tenantProfile, type KeptRelease } from '@copse/contracts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepRelease, keptReleases, releaseFiles } from './kept-releases.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copse-releases-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const kept = (digest: string, usedAt: number): KeptRelease => ({
  usedAt,
  dev: false,
  release: {
    digest: digest.padEnd(64, '0'),
    number: 1,
    tenant: { id: 't', slug: 't', name: 'T', profile: tenantProfile.parse({}) },
    procedures: [],
    connectors: [],
    channels: [],
    model: { provider: 'offline' },
  },
})

test('every release that is taken up is kept with its time, one that goes on only once', () => {
  expect(keptReleases(folder)).toEqual([])
  for (const one of [kept('a', 9), kept('a', 10), kept('b', 1_000), kept('a', 20_000)]) keepRelease(folder, one)
  expect(keptReleases(folder)).toEqual([kept('a', 9), kept('b', 1_000), kept('a', 20_000)])
})

test('one that a clock ahead gave a time to come is kept by the right one as well, once', () => {
  keepRelease(folder, kept('a', 9))
  keepRelease(folder, kept('b', 1_000))
  keepRelease(folder, kept('b', 20))
  keepRelease(folder, kept('b', 21))
  expect(keptReleases(folder)).toEqual([kept('a', 9), kept('b', 20), kept('b', 1_000)])
})

test('at most two hundred are kept, the newest', () => {
  for (let at = 0; at < 203; at++) keepRelease(folder, kept(`d${at}`, at))
  expect(keptReleases(folder).map(({ usedAt }) => usedAt)).toEqual(Array.from({ length: 200 }, (_, at) => at + 3))
})

test('one that a power cut left half of takes none of the others along, and is written anew', () => {
  keepRelease(folder, kept('a', 1))
  keepRelease(folder, kept('b', 2))
  writeFileSync(releaseFiles(folder).at(-1)!, '{"usedAt":2,"rel')
  expect(keptReleases(folder)).toEqual([kept('a', 1)])
  keepRelease(folder, kept('b', 3))
  expect(keptReleases(folder)).toEqual([kept('a', 1), kept('b', 3)])
})
