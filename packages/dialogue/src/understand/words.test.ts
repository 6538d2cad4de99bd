import { describe, expect, it } from 'vitest'
import { wantsPerson, yesOrNo } from './words.ts'

describe('yes and no', () => {
  it.each(['yes', 'Yes!', 'yep', 'ok', "that's the one", 'Sí', 'claro, adelante', 'yes please', 'no problem'])(
    'hears yes in «%s»',
    (text) => {
      expect(yesOrNo(text)).toBe('yes')
    },
  )
  it.each(['no', 'No, thanks', "that's wrong", 'not that one', 'nope', 'yes no wait, no'])(
    'hears no in «%s»',
    (text) => {
      expect(yesOrNo(text)).toBe('no')
    },
  )
  it.each([
    '',
    'maybe',
    'not sure',
    "I don't know",
    'dunno',
    'yesterday',
    'ok so what I wanted to tell you is a very long story',
  ])('hears neither in «%s»', (text) => {
    expect(yesOrNo(text)).toBeUndefined()
  })
})

describe('asking for a person', () => {
  it.each([
    'talk to a person',
    'I want to speak to someone',
    'give me your manager',
    'please escalate',
    'quiero hablar con una persona',
  ])('is heard in «%s»', (text) => {
    expect(wantsPerson(text)).toBe(true)
  })
  it.each(['', 'my order', 'no manager please', 'personal reasons'])('is not heard in «%s»', (text) => {
    expect(wantsPerson(text)).toBe(false)
  })
})
