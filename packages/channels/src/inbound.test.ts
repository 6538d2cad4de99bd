import { Fault } from '@copse/contracts'
import { expect, test } from 'vitest'
import { toInbound } from './index.ts'

const base = { channel: 'webchat', messageId: '1', alias: 'v', sentAt: 5 }
const codeOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    return (error as Fault).code
  }
  return 'none'
}

test('text is trimmed and carries only what is there', () => {
  expect(toInbound({ ...base, text: '  hello \n' })).toEqual({
    channel: 'webchat',
    messageId: '["v","1"]',
    contact: { alias: 'v' },
    kind: 'text',
    text: 'hello',
    sentAt: 5,
  })
})

test('a tap is a payload and keeps its title', () => {
  expect(toInbound({ ...base, text: 'Yes', payload: 'yes' })).toMatchObject({
    kind: 'payload',
    text: 'Yes',
    payload: 'yes',
  })
})

test('a tap names the message that it is on, words do not', () => {
  expect(toInbound({ ...base, payload: 'yes', on: 7 })).toMatchObject({ data: { replyTo: 7 } })
  expect(toInbound({ ...base, text: 'yes', on: 7 })).not.toHaveProperty('data')
})

test.each([
  ['stop', 'out'],
  ['Unsubscribe!', 'out'],
  ['baja', 'out'],
  ['START', 'in'],
])('«%s» alone says whether the sender wants to hear from us: %s', (text, consent) => {
  expect(toInbound({ ...base, text })).toMatchObject({ text, consent })
})

test.each(['stop the delivery please', 'cancel', 'I said stop'])('«%s» does not', (text) => {
  expect(toInbound({ ...base, text })).not.toHaveProperty('consent')
})

test('a tap of that name is an answer', () => {
  expect(toInbound({ ...base, text: 'Stop', payload: 'stop' })).not.toHaveProperty('consent')
})

test('nothing but white space is empty', () => {
  expect(codeOf(() => toInbound({ ...base, text: ' \t\n ' }))).toBe('message_empty')
  expect(codeOf(() => toInbound(base))).toBe('message_empty')
})

test('8,000 characters are taken, one more is not', () => {
  expect(toInbound({ ...base, text: 'x'.repeat(8_000) }).text).toHaveLength(8_000)
  expect(codeOf(() => toInbound({ ...base, text: 'x'.repeat(8_001) }))).toBe('message_too_long')
})
