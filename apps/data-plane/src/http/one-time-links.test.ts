import { systemClock } from '@copse/contracts'
import { mintLink } from '@copse/vault'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openRig, type Rig } from '../testing/rig.ts'

const dayMs = 24 * 3_600_000

let rig: Rig
beforeEach(async () => {
  rig = await openRig({ slowMs: 0 })
})
afterEach(() => rig.close())

const link = (kind: string, id: string) => {
  const until = systemClock.now() + 30 * dayMs
  const token = mintLink(new Uint8Array(32).fill(8), { kind, id, until, data: { channel: 'api', alias: 'ana' } })
  return `/${kind}s/${id}?token=${token}`
}

test.each(['job', 'approval'])('of many who answer a %s at once, one is taken and the others hear so', async (kind) => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => rig.post(link(kind, 'j1'), { n })))
  const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
  expect(statuses).toEqual([202, ...Array.from({ length: 9 }, () => 410)])
})

test('a link that was used stays used after the inbox has forgotten what came in', async () => {
  expect(await rig.post(link('job', 'j1'), {})).toMatchObject({ status: 202 })
  const retention = { textDays: 90, snapshotDays: 30, dedupeDays: 8, ledgerDays: 730 }
  const { deleted } = await rig.store.prune(retention, systemClock.now() + 9 * dayMs)
  expect(deleted).toMatchObject({ dedupe: 1 })
  expect(await rig.post(link('job', 'j1'), {})).toMatchObject({ status: 410, body: { code: 'link_used' } })
})
