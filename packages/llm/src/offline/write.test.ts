import type { JsonObject } from '@copse/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WritePart } from '../provider.ts'
import { writeOffline } from './write.ts'

const write = (
  parts: (Partial<WritePart> & { action: string })[],
  given: { language?: string; facts?: JsonObject } = {},
) =>
  writeOffline({
    language: given.language ?? 'en',
    parts: parts.map((part) => ({ title: 'Step', ...part })),
    facts: given.facts ?? {},
  })

describe('the built-in writer', () => {
  it('leaves the author’s words as they are and joins them to one message', () => {
    expect(
      write([
        { action: 'call', outcome: 'ok', text: 'I found order A-1 ({x}).' },
        { action: 'say', text: 'Nice!' },
      ]),
    ).toBe('I found order A-1 ({x}). Nice!')
  })

  it('asks for an amount that nothing has cost', () => {
    for (const [language, ask, said] of [
      ['en', 'amount', 'Could you give me the amount?'],
      ['en', 'Total guests', 'Could you give me the total guests?'],
      ['es', 'importe', 'el importe'],
      ['en', 'Approximate amount', 'roughly how much it cost'],
    ] as const)
      expect(write([{ action: 'collect', asks: [ask] }], { language })).toContain(said)
  })

  it('asks for fields in words, whether they come as a key, a title or a description', () => {
    for (const ask of ['order_id', 'Order number', 'Explicit order number like A-1 or A-2']) {
      expect(write([{ action: 'collect', asks: [ask] }])).toBe(
        "I'm happy to help with that. Could you give me your order number?",
      )
    }
    expect(write([{ action: 'collect', asks: ['Frequent flyer card'] }])).toContain(
      'Could you give me the frequent flyer card?',
    )
    expect(write([{ action: 'collect', asks: ['what colour you want'] }])).toContain(
      'Could you tell me what colour you want?',
    )
  })

  it('asks for several fields in one question', () => {
    expect(write([{ action: 'collect', asks: ['order_id', 'merchant_name', 'item_description'] }])).toBe(
      "I'm happy to help with that. Could you tell me your order number, the name of the store and what you bought?",
    )
  })

  it('says "or" only where one of several is enough', () => {
    const asksAny = [['order_id', 'merchant_name']]
    expect(write([{ action: 'collect', asksAny }])).toContain('your order number or the name of the store?')
    expect(write([{ action: 'collect', asks: ['email'], asksAny }])).toContain(
      'your e-mail address and your order number or the name of the store?',
    )
  })

  it('introduces several titles once in Spanish, where their articles are not known', () => {
    expect(write([{ action: 'collect', asks: ['talla', 'email', 'color'] }], { language: 'es' })).toContain(
      '¿Podría decirme lo siguiente: talla, su correo electrónico y color?',
    )
  })

  it('is sorry about a complaint, and does not greet in the middle of a message', () => {
    expect(write([{ action: 'collect', title: 'Complaint Details', asks: ['problem'] }])).toMatch(/^I'm sorry to hear/)
    expect(
      write([
        { action: 'say', text: 'Hello.' },
        { action: 'collect', asks: ['order_id'] },
      ]),
    ).toBe('Hello. Could you give me your order number?')
  })

  it.each(['ask_again', 'choose_again', 'pause_again'])('says at %s that it did not understand', (action) => {
    expect(write([{ action, asks: ['order_id'], options: ['Try again', 'Cancel'] }])).toMatch(/^Sorry, .*\?$/)
  })

  it('names short options and leaves long ones to the buttons', () => {
    expect(write([{ action: 'choose', options: ['Store credit', 'Escalation'] }])).toBe(
      'Would you prefer store credit or escalation?',
    )
    expect(write([{ action: 'choose', options: ['Try again', 'Escalate'] }])).toBe(
      'Would you like to try again or escalate?',
    )
    expect(write([{ action: 'choose', options: ['Customer wants to do one thing', 'Another'] }])).toBe(
      'What would you like to do?',
    )
  })

  it('tells a failed search once, with one apology', () => {
    const message = write([
      { action: 'call', title: 'Look Up Order', outcome: 'no' },
      { action: 'inform', title: 'Order Not Found', options: ['Try again', 'Escalate'] },
    ])
    expect(message).toMatch(/couldn't find that order\./)
    expect(message.match(/sorry/gi)).toHaveLength(1)
  })

  it.each([
    ['unavailable', /can't reach our system/],
    ['uncertain', /still being processed/],
    ['repeated', /already been done/],
    ['no', /wasn't possible/],
  ] as const)('says of a call that ended %s what is true', (outcome, words) => {
    expect(write([{ action: 'call', title: 'Process Refund', outcome }])).toMatch(words)
  })

  it('claims nothing after a call that an author gave no words', () => {
    expect(write([{ action: 'call', title: 'Process Refund', outcome: 'ok' }])).toBe('')
  })

  it('asks a question before an effect, in the words of the step’s title', () => {
    expect(write([{ action: 'confirm', title: 'Process Refund' }])).toBe(
      'Just to be sure: shall I go ahead and process the refund?',
    )
    expect(write([{ action: 'confirm', title: 'Step 7' }])).toBe('Just to be sure: shall I go ahead?')
  })

  it('gives the reference at a handoff unless the message has it already', () => {
    const facts = { case_id: 'CASE-1234' }
    expect(write([{ action: 'handoff' }], { facts })).toContain('CASE-1234')
    expect(
      write([{ action: 'call', text: 'Your case is CASE-1234.' }, { action: 'handoff' }], { facts }).match(
        /CASE-1234/g,
      ),
    ).toHaveLength(1)
  })

  it('says nothing twice', () => {
    expect(
      write([{ action: 'end' }, { action: 'end' }, { action: 'say', text: 'Bye.' }, { action: 'say', text: 'Bye.' }]),
    ).toBe(`${write([{ action: 'end' }])} Bye.`)
  })

  it('speaks Spanish, and English for languages it does not know', () => {
    expect(write([{ action: 'collect', asks: ['order_id'] }], { language: 'es-MX' })).toBe(
      'Claro, le ayudo con eso. ¿Podría decirme su número de pedido?',
    )
    expect(write([{ action: 'pause' }], { language: 'fr' })).toBe('Is that right?')
  })

  it('never shows an instruction', () => {
    const actions = [
      'collect',
      'call',
      'inform',
      'choose',
      'pause',
      'confirm',
      'classify',
      'handoff',
      'end',
      'apology',
      'fallback',
      'several',
      'new_kind',
    ]
    const outcomes = [undefined, 'ok', 'no', 'unavailable', 'uncertain', 'repeated'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...actions),
        fc.constantFrom(...outcomes),
        fc.constantFrom('en', 'es'),
        fc.string(),
        (action, outcome, language, title) => {
          const message = write(
            [{ action, title, instruction: 'SECRET-PROMPT', ...(outcome && { outcome }), options: ['A'] }],
            { language },
          )
          expect(message).not.toContain('SECRET-PROMPT')
        },
      ),
    )
  })
})
