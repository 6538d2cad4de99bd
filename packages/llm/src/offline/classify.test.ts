import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyOffline } from './classify.ts'

const topics = [
  { id: 'goods', description: 'The message is about damaged goods or shipping' },
  { id: 'money', description: 'The message is about billing or payment' },
]
const choose = (text: string, labels: Parameters<typeof classifyOffline>[0]['labels'] = topics, facts = {}) =>
  classifyOffline({ text, labels, facts })

describe('classification by words', () => {
  it.each([
    ['the lamp came with a crack, it is damaged', 'goods'],
    ['where is my parcel? It is late', 'goods'],
    ['I was overcharged', 'money'],
    ['me cobraron dos veces', 'money'],
  ])('takes the label that «%s» is a sign of', (text, label) => {
    expect(choose(text)).toBe(label)
  })

  it('reads what the customer told before, but not the records of tools', () => {
    expect(choose('', topics, { story: 'they billed me twice' })).toBe('money')
    expect(choose('', topics, { order: { note: 'they billed me twice' } })).toBe('none')
  })

  it.each(['', 'hello', 'what is the weather like', 'the message is about something'])(
    'answers none below its floor: «%s»',
    (text) => {
      expect(choose(text)).toBe('none')
    },
  )

  it('answers none when two labels fit alike', () => {
    expect(choose('the parcel is late and I was overcharged')).toBe('none')
  })

  it('weighs keywords of the author above all', () => {
    const labels = [
      { id: 'a', description: 'Opening hours', keywords: ['when open', 'hours'] },
      { id: 'b', description: 'Parking' },
    ]
    expect(choose('what are your hours?', labels)).toBe('a')
  })

  it('does not take a charger for a charge', () => {
    expect(choose('the charger', topics)).toBe('none')
  })
})

describe('classification by evidence', () => {
  const scale = [
    { id: 'clear', description: 'No evidence of abuse' },
    { id: 'watch', description: 'Possible abuse' },
    { id: 'block', description: 'Several signs, abuse confirmed' },
  ]

  it('counts kinds of signals, not rows', () => {
    expect(choose('', scale, { rows: [{ is_flagged: true }, { is_flagged: true }, { is_flagged: true }] })).toBe(
      'watch',
    )
    expect(choose('', scale, { severity: 'critical', fraud_score: 0.93, rows: [{ is_flagged: true }] })).toBe('block')
    expect(choose('', scale, { severity: 'low', is_new: false, red_flags: [] })).toBe('clear')
  })

  it('lets a low grade speak against a single signal', () => {
    expect(choose('', scale, { severity: 'low', unusual_amount: true })).toBe('clear')
  })

  it('is silent without facts that could speak either way, and for labels that form no scale', () => {
    expect(choose('', scale, { name: 'x' })).toBe('none')
    expect(choose('', topics, { severity: 'critical', is_flagged: true, risk_score: 99 })).toBe('none')
  })
})

describe('any request at all', () => {
  it('is answered with one of the labels or none', () => {
    const label = fc.record({
      id: fc.string({ minLength: 1 }),
      description: fc.string(),
      keywords: fc.array(fc.string()),
    })
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(label, { minLength: 1, maxLength: 5 }),
        fc.jsonValue(),
        (text, labels, facts) => {
          const found = classifyOffline({ text, labels, facts: { facts: facts as never } })
          expect(['none', ...labels.map((one) => one.id)]).toContain(found)
        },
      ),
      { numRuns: 200 },
    )
  })
})
