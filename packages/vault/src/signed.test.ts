import { expect, it } from 'vitest'
import { openSigned, sign } from './signed.ts'

const key = new Uint8Array(32).fill(7)
const visitor = { id: 'v1', as: 'ana' }
const text = sign(key, visitor)

it('what was signed opens with its key', () => {
  expect(openSigned(key, text)).toEqual(visitor)
  expect(openSigned(key, sign(key, visitor, 'link'), 'link')).toEqual(visitor)
})

it('what was signed once stays valid', () => {
  expect(text).toBe('eyJpZCI6InYxIiwiYXMiOiJhbmEifQ.yybyyrNZc50qYAOuPdFX527DEdEM_MzNJ9KWpOlgIBw')
})

it('what was signed for one purpose opens for no other', () => {
  const link = sign(key, visitor, 'link')
  expect(openSigned(key, link)).toBeUndefined()
  expect(openSigned(key, link, 'job')).toBeUndefined()
  expect(openSigned(key, text, 'link')).toBeUndefined()
  // The name of the purpose is no part of the value, nor the other way round.
  expect(openSigned(key, `link|${link}`)).toBeUndefined()
})

it('of another key, changed, or none at all opens nothing', () => {
  const mac = text.split('.')[1]
  const forged = `${Buffer.from(JSON.stringify({ id: 'v2' })).toString('base64url')}.${mac}`
  expect(openSigned(new Uint8Array(32), text)).toBeUndefined()
  for (const other of [forged, '', '.', `.${mac}`, text.slice(0, -4), `${text}.x`]) {
    expect(openSigned(key, other)).toBeUndefined()
  }
})
