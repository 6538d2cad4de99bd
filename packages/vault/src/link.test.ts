import { describe, expect, it } from 'vitest'
import { mintLink, openLink, withoutLinks } from './link.ts'

const key = new Uint8Array(32).fill(3)
const link = { kind: 'job', id: 'j1', until: 1_000, data: { session: 's' } }
const text = mintLink(key, link)
const wanted = { kind: 'job', id: 'j1', now: 999 }

describe('a signed link', () => {
  it('opens what it was made for, and brings along what it holds', () => {
    expect(openLink(key, text, wanted)).toEqual(link)
  })

  it('that was sent once stays valid', () => {
    expect(text).toBe(
      'eyJraW5kIjoiam9iIiwiaWQiOiJqMSIsInVudGlsIjoxMDAwLCJkYXRhIjp7InNlc3Npb24iOiJzIn19.9hVOlFT6mb2Gbjv5n32CsnRpLOkn7wxkToW46exKBtU',
    )
  })

  it.each([
    ['another kind', { ...wanted, kind: 'handoff' }],
    ['another thing', { ...wanted, id: 'j2' }],
  ])('opens no %s', (_, other) => {
    expect(() => openLink(key, text, other)).toThrow('not valid here')
  })

  it('is over when its time is', () => {
    expect(() => openLink(key, text, { ...wanted, now: 1_000 })).toThrow('used already, or is too old')
  })

  it('of another key, changed, or none at all is refused', () => {
    const forged = `${Buffer.from(JSON.stringify({ ...link, id: 'j2' })).toString('base64url')}.${text.split('.')[1]}`
    expect(() => openLink(new Uint8Array(32), text, wanted)).toThrow('not valid here')
    for (const other of [forged, '', '.', text.slice(0, -4), `${text}.x`]) {
      expect(() => openLink(key, other, { ...wanted, id: 'j2' })).toThrow('not valid here')
    }
  })

  it('is not told on: wherever its address stands, the address stays and what opens it goes', () => {
    const url = `https://shop.example/jobs/j1?token=${text}`
    const told = { url, args: [{ note: `<${url}>, please`, n: 1, none: null }], other: '/x?token=short.one' }
    expect(withoutLinks(told)).toEqual({
      url: 'https://shop.example/jobs/j1?token=[redacted]',
      args: [{ note: '<https://shop.example/jobs/j1?token=[redacted]>, please', n: 1, none: null }],
      other: '/x?token=short.one',
    })
  })
})
