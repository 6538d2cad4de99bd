import { upcast } from '@copse/engine'
import { startDemoBusiness, type DemoBusiness } from '@copse/demo-business'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoRelease, play, transcript } from './demo-world.ts'
import { storedBy, versions } from './snapshots/corpus.ts'

/** A session that was stored by any version goes on to its end today. */
describe('snapshots of every version', () => {
  let business: DemoBusiness
  beforeEach(async () => {
    business = await startDemoBusiness({ port: 0, folder: ':memory:' })
  })
  afterEach(() => business.close())

  for (const { file, stored } of versions().flatMap(storedBy)) {
    const { procedure, identity, sessions } = stored
    for (const { step, from, scenario } of sessions) {
      it(`${file} goes on from ${step}: ${scenario.name}`, async () => {
        const release = { ...demoRelease(business, [], identity), procedures: [procedure] }
        const played = await play(scenario, release, business, undefined, from)
        expect(played.failures, transcript(played)).toEqual([])
        expect(played.turns.at(-1)?.atRest.session?.id).toBe(from.session?.id)
        expect(played.turns.at(-1)?.status).not.toBe('waiting')
      })
    }
  }

  it('are kept here, from the first to that of today: write.ts stores those of a new one', () => {
    const kept = versions()
    expect(kept).toEqual(kept.map((_, n) => n + 1))
    const newest = kept.length
    expect(() => upcast({ v: newest + 1 })).toThrow(expect.objectContaining({ code: 'snapshot_newer' }))
    for (const version of kept) expect(upcast({ v: version })).toMatchObject({ v: newest })
  })
})
