import { describe, expect, it } from 'vitest'
import { createTokenCounter } from './quota.ts'

function books(tokens: (since: number) => number) {
  const asked: number[] = []
  const store = {
    async tokensSince(_: string, since: number) {
      asked.push(since)
      return tokens(since)
    },
  }
  const clock = { at: Date.UTC(2026, 10, 30, 12), now: () => clock.at }
  return { asked, clock, tokensOf: createTokenCounter({ store, clock }) }
}

describe('the tokens of a month', () => {
  it('are held back before a call, and only what it took is gone afterwards', async () => {
    const quota = books(() => 0).tokensOf(100, 'UTC')
    const settle = await quota.reserve(90)
    expect(await quota.reserve(20)).toBeUndefined()
    settle?.(30)
    expect(await quota.reserve(70)).toBeDefined()
    expect(await quota.reserve(1)).toBeUndefined()
  })

  it('are never more together than there are, however many ask at once', async () => {
    const quota = books(() => 40).tokensOf(100, 'UTC')
    const held = await Promise.all(Array.from({ length: 10 }, () => quota.reserve(20)))
    expect(held.filter(Boolean)).toHaveLength(3)
  })

  it('count what the books say that was taken before this process began', async () => {
    const { tokensOf, asked } = books(() => 99)
    expect(await tokensOf(100, 'UTC').reserve(2)).toBeUndefined()
    expect(await tokensOf(100, 'UTC').reserve(1)).toBeDefined()
    expect(asked).toEqual([Date.UTC(2026, 10, 1)])
  })

  it('begin anew with the month, as the tenant’s calendar shows it', async () => {
    const { tokensOf, asked, clock } = books((since) => (since === Date.UTC(2026, 10, 30, 23) ? 0 : 100))
    const quota = tokensOf(100, 'Europe/Madrid')
    expect(await quota.reserve(1)).toBeUndefined()
    clock.at = Date.UTC(2026, 10, 30, 23, 30)
    expect(await quota.reserve(1)).toBeDefined()
    expect(asked).toHaveLength(2)
  })

  it('are one count for all releases of a process', async () => {
    const { tokensOf } = books(() => 0)
    await tokensOf(100, 'UTC').reserve(60)
    expect(await tokensOf(100, 'UTC').reserve(60)).toBeUndefined()
    expect(await tokensOf(200, 'UTC').reserve(60)).toBeDefined()
  })

  it('are not asked for what costs nothing', async () => {
    const { tokensOf, asked } = books(() => 1_000)
    expect(await tokensOf(0, 'UTC').reserve(0)).toBeDefined()
    expect(asked).toEqual([])
  })

  it('are looked up again after books that could not be read', async () => {
    let isBroken = true
    const { tokensOf } = books(() => {
      if (isBroken) throw new Error('disk')
      return 0
    })
    const quota = tokensOf(10, 'UTC')
    await expect(quota.reserve(1)).rejects.toThrow('disk')
    isBroken = false
    expect(await quota.reserve(1)).toBeDefined()
  })
})
