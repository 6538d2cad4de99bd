import { field, type Field } from '@copse/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExtractTask } from '../provider.ts'
import { extractOffline, readOffline, unclaimed } from './extract.ts'

const define = (given: { key: string } & Partial<Field>): Field => field.parse(given)

const order = define({
  key: 'order_id',
  description: 'Order number like A-100',
  examples: ['PO-310', 'PO-4211', 'order 310'],
})
const shop = define({ key: 'shop_name', description: 'Name of the shop', examples: ['Northwind', 'Blue Door'] })
const item = define({ key: 'item', description: 'The thing bought', examples: ['desk lamp', 'kettle'] })
const amount = define({ key: 'amount', description: 'Price paid', examples: ['$20', 'about 35 euros'] })
const story = define({ key: 'problem', description: 'What the problem is', examples: ['it is broken', 'never came'] })
const alert = define({ key: 'alert_id', description: 'Alert', examples: ['AL-007', 'alert AL-123'] })

const read = (fields: Field[], message: string, given: Partial<ExtractTask> = {}) =>
  extractOffline({ message, fields, asked: [], opening: false, triggers: [], today: '2026-11-20', ...given })

describe('identifiers', () => {
  it.each([
    ['my order is PO-310', 'PO-310'],
    ['po-310 please', 'PO-310'],
    ['PO 310', 'PO-310'],
    ['po310', 'PO-310'],
    ['order 456', 'PO-456'],
    ['order:456', 'PO-456'],
    ['Order #456?', 'PO-456'],
    ['order number 456', 'PO-456'],
    ['it was order no. 45678', 'PO-45678'],
    ['es el pedido número 456', 'PO-456'],
  ])('are found in the ways people write them: «%s»', (message, value) => {
    expect(read([order], message)).toEqual({ order_id: value })
  })

  it.each([
    ['not PO-310 but PO-311', 'PO-311'],
    ['no, I meant PO-789', 'PO-789'],
    ['PO-311 instead of PO-310', 'PO-311'],
    ['PO-310, sorry, PO-311', 'PO-311'],
    ['no era el PO-310, es PO-311', 'PO-311'],
    ['I did not receive PO-310', 'PO-310'],
  ])('follow corrections and negations: «%s»', (message, value) => {
    expect(read([order], message)).toEqual({ order_id: value })
  })

  it.each([
    'not PO-310',
    'I want to order 2 more',
    'order 150 dollars worth',
    'PO-310 and PO-311',
    'XPO-310',
    'PO-310-7',
    '456',
  ])('are not invented from «%s»', (message) => {
    expect(read([order], message)).toEqual({})
  })

  it('may be a bare number once they were asked for', () => {
    for (const message of ['789', "it's 789", '#789', 'number 789, thanks']) {
      expect(read([order], message, { asked: ['order_id'] })).toEqual({ order_id: 'PO-789' })
    }
    for (const message of ['about 789', '789 or 456', '100 days ago', '10:30', '$789']) {
      expect(read([order], message, { asked: ['order_id'] })).toEqual({})
    }
  })

  it('keep the zeros that the examples have', () => {
    expect(read([alert], 'alert 42')).toEqual({ alert_id: 'AL-042' })
    expect(read([alert], 'al-7')).toEqual({ alert_id: 'AL-007' })
    expect(read([alert], '5', { asked: ['alert_id'] })).toEqual({ alert_id: 'AL-005' })
  })

  it('generalise letters when the examples differ in them', () => {
    const booking = define({ key: 'booking_ref', examples: ['KX12QP', 'AB99ZZ'] })
    expect(read([booking], 'my reference is rt34mn')).toEqual({ booking_ref: 'RT34MN' })
  })
})

describe('amounts', () => {
  it.each([
    ['it was $80', 80],
    ['about 50 dollars', 50],
    ['1.299,95 €', 1299.95],
    ['$1,299.95', 1299.95],
    ['I paid 150', 150],
    ['80 bucks', 80],
    ['$1.5k', 1500],
    ['not $80 but $90', 90],
  ])('are numbers: «%s»', (message, value) => {
    expect(read([amount], message)).toEqual({ amount: value })
  })

  it('need a currency word unless they were asked for', () => {
    expect(read([amount], '150')).toEqual({})
    expect(read([amount], '150', { asked: ['amount'] })).toEqual({ amount: 150 })
    expect(read([amount], '3 days ago', { asked: ['amount'] })).toEqual({})
  })

  it('leave a bare number to the identifier when both were asked for', () => {
    const asked = ['order_id', 'amount']
    expect(read([amount, order], '789', { asked })).toEqual({ order_id: 'PO-789' })
    expect(read([amount, order], 'about 150', { asked })).toEqual({ amount: 150 })
  })
})

describe('things', () => {
  it('are found when listed, in singular and plural', () => {
    expect(read([item], 'My Kettles leak')).toEqual({ item: 'kettle' })
  })

  it('are found after an article only when they were asked for', () => {
    expect(read([item], 'my smart watch stopped working')).toEqual({})
    expect(read([item], 'my smart watch stopped working', { asked: ['item'] })).toEqual({ item: 'smart watch' })
    expect(read([item], 'smart watch', { asked: ['item'] })).toEqual({ item: 'smart watch' })
    expect(read([item, amount], 'thirty dollars', { asked: ['item', 'amount'] })).toEqual({ amount: 30 })
    for (const message of ['my order', 'the thing', 'dunno', 'not sure', 'I want my money']) {
      expect(read([item], message, { asked: ['item'] })).not.toHaveProperty(
        'item',
        expect.stringMatching(/order|thing/),
      )
    }
  })

  it('are not what they are called, but what is said after it', () => {
    const company = define({ key: 'company', title: 'your company' })
    const asked = { asked: ['company', 'size'] }
    for (const message of ['the company is Red Bikes', 'My company is called Red Bikes', 'company: Red Bikes'])
      expect(read([company], message, asked), message).toEqual({ company: 'Red Bikes' })
    expect(read([company], 'the company', asked)).toEqual({})
    expect(read([item], 'the item is kettles', { asked: ['item'] })).toEqual({ item: 'kettle' })
    expect(read([item], 'the item is broken', { asked: ['item'] })).toEqual({})
  })
})

describe('free text', () => {
  const asked = ['problem']

  it('takes a reply only after we asked for it', () => {
    expect(read([story], 'the screen is cracked')).toEqual({})
    expect(read([story], 'the screen is cracked', { asked })).toEqual({ problem: 'the screen is cracked' })
  })

  it.each([
    'dunno',
    "I don't know",
    'no idea',
    'not sure',
    '?',
    '',
    '  ',
    'hello',
    'Hi',
    'help',
    'what?',
    'no sé',
    'ok',
    'yes',
  ])('does not take «%s» for an answer', (message) => {
    expect(read([story], message, { asked })).toEqual({})
  })

  it('does not take a question or a mere order number for an answer', () => {
    expect(read([story], 'what do you mean?', { asked })).toEqual({})
    expect(read([story, order], 'PO-310', { asked })).toEqual({ order_id: 'PO-310' })
  })

  it.each([
    ['I have a complaint: the lamp arrived broken', 'the lamp arrived broken'],
    ['Hi! I have a complaint. My package never arrived', 'My package never arrived'],
    ['My package never arrived', 'My package never arrived'],
    ['I have a complaint about the agent, she was rude', 'I have a complaint about the agent, she was rude'],
  ])('is filled by an opening message that says more than the trigger: «%s»', (message, value) => {
    expect(read([story], message, { opening: true, triggers: ['complaint'] })).toEqual({ problem: value })
  })

  it.each(['I have a complaint', 'complaint, please help', 'I have complaints about my order!', 'hello'])(
    'is not filled by an opening message that only says what it is about: «%s»',
    (message) => {
      expect(read([story], message, { opening: true, triggers: ['complaint'] })).toEqual({})
    },
  )

  it.each(['PO-310 never arrived', 'damaged', 'complaint: it is damaged'])(
    'is filled by an opening message whose trigger says what happened: «%s»',
    (message) => {
      const triggers = ['complaint', 'never arrived', 'damaged']
      expect(read([story, order], message, { opening: true, triggers })).toHaveProperty('problem')
    },
  )
  it('is not filled by what other fields took from the opening message', () => {
    expect(
      read([story, shop, item], 'complaint about my kettle from Northwind', { opening: true, triggers: ['complaint'] }),
    ).toEqual({
      shop_name: 'Northwind',
      item: 'kettle',
    })
  })

  it('lets the opening message fill one field, a required one', () => {
    const notes = define({ key: 'notes', description: 'Any notes', type: 'text' })
    const given = { opening: true, triggers: ['complaint'], required: ['problem'] }
    expect(read([notes, story], 'My package never arrived', given)).toEqual({ problem: 'My package never arrived' })
  })
})

const one = (type: Field['type'], message: string, given: Partial<ExtractTask> = {}) =>
  read([define({ key: 'x', type })], message, given)['x']

describe('a person who is asked for', () => {
  it.each(['prefiero hablar con una persona', "I'd rather talk to a human", 'get me the manager'])(
    'is nothing that was bought: «%s»',
    (message) => {
      expect(read([item, shop], message, { asked: ['item', 'shop_name'] })).toEqual({})
    },
  )
})

describe('typed fields', () => {
  it('know an e-mail address and a phone number by their shape', () => {
    expect(one('email', 'write to Jane.Doe+shop@Mail.example.com.')).toBe('jane.doe+shop@mail.example.com')
    expect(one('email', 'jane at example')).toBeUndefined()
    expect(one('phone', 'call +1 (555) 012-3456 after six')).toBe('+15550123456')
    expect(one('phone', 'on 2026-11-20')).toBeUndefined()
  })

  it('count in digits and words', () => {
    const people = define({ key: 'people', type: 'integer' })
    expect(read([people], 'a table for 4 people at 20:30')).toEqual({ people: 4 })
    expect(read([people], 'three', { asked: ['people'] })).toEqual({ people: 3 })
    expect(read([people], '4')).toEqual({})
  })

  it('choose the one listed value that is meant', () => {
    const size = define({ key: 'size', enum: ['small', 'large', 'extra_large'] })
    expect(read([size], 'Extra large, not small')).toEqual({ size: 'extra_large' })
    expect(read([size], 'small or large?')).toEqual({})
  })

  it('let the author’s pattern win over the examples', () => {
    const code = define({ key: 'order_id', pattern: '^[A-Z]{2}\\d{3}$', examples: ['PO-310'] })
    expect(read([code], 'it is ab123, not PO-310')).toEqual({ order_id: 'AB123' })
    expect(read([code], 'PO-310')).toEqual({})
    const inside = define({ key: 'zip', pattern: '\\d{5}' })
    expect(read([inside], 'zip12345 or 99999999, no: 28001')).toEqual({ zip: '28001' })
  })

  it('find nothing by a pattern that the linear-time engine cannot read', () => {
    expect(read([define({ key: 'x', pattern: '(?<=a)b(' })], 'ab')).toEqual({})
  })
})

describe('a stretch of the message', () => {
  const city = (key: string) => define({ key, enum: ['Madrid', 'Rome'] })
  const task = (fields: Field[], message: string, asked: string[] = []): ExtractTask => {
    return { message, fields, asked, opening: false, triggers: [], today: '2026-11-20' }
  }

  it('that another field has taken is not read again, unless the same field asks', () => {
    const { claims } = readOffline(task([city('from')], 'from Madrid, tomorrow'))
    expect(readOffline(task([city('to')], 'from Madrid, tomorrow'), claims).values).toEqual({})
    expect(readOffline(task([city('from')], 'from Madrid, tomorrow'), claims).values).toEqual({ from: 'Madrid' })
    expect(unclaimed('from Madrid, tomorrow', claims)).toBe('from       , tomorrow')
  })

  it('that is a number is the number that was asked for, whatever pattern of another field it fits', () => {
    const time = define({ key: 'time', pattern: String.raw`\d{1,2}(:\d{2})? ?(am|pm)?` })
    const guests = define({ key: 'guests', type: 'integer' })
    const asked = { asked: ['guests'] }
    expect(read([time, guests], '8', asked)).toEqual({ guests: 8 })
    expect(read([time, guests], 'no wait, 5 of us', asked)).toEqual({ guests: 5 })
    expect(read([time, guests], '5 of us at 7pm', asked)).toEqual({ guests: 5, time: '7pm' })
    expect(read([time, guests], '8pm', asked)).toEqual({ time: '8pm' })
  })

  it('that is a number is no answer where it is said what else it is', () => {
    const code = define({ key: 'order_id', pattern: String.raw`\d{5}` })
    const paid = define({ key: 'paid', type: 'amount' })
    for (const message of ['order 12345', 'the order number is 12345'])
      expect(read([code, paid], message, { asked: ['paid'] }), message).toEqual({ order_id: '12345' })
    expect(read([code, paid], '12345', { asked: ['paid'] })).toEqual({ paid: 12345 })
    const time = define({ key: 'time', pattern: String.raw`\d{1,2}` })
    const guests = define({ key: 'guests', title: 'people', type: 'integer' })
    expect(read([time, guests], 'at 7', { asked: ['guests'] })).toEqual({ time: '7' })
    expect(read([time, guests], '4 people at 7', { asked: ['guests'] })).toEqual({ time: '7', guests: 4 })
    const phone = define({ key: 'phone', type: 'phone' })
    expect(read([phone, guests], '600123123', { asked: ['guests'] })).toEqual({ phone: '600123123' })
  })

  it('goes to the field that was asked for, before it changes one that is known', () => {
    expect(read([city('from'), city('to')], 'Rome', { asked: ['to'] })).toEqual({ to: 'Rome' })
    expect(read([city('from'), city('to')], 'Rome', { asked: ['from', 'to'] })).toEqual({ from: 'Rome' })
  })
})

describe('any message at all', () => {
  const fields = [
    order,
    shop,
    item,
    amount,
    story,
    alert,
    ...(['email', 'phone', 'date', 'integer', 'text'] as const).map((type) => define({ key: `x_${type}`, type })),
    define({ key: 'x_pattern', pattern: '(a+)+$' }),
    define({ key: 'x_enum', enum: ['a', 'b'] }),
    define({ key: '__proto__', type: 'text' }),
  ]
  const keys = fields.map((one) => one.key)

  it('yields declared fields only, and never throws', () => {
    const words = fc.constantFrom(
      'PO-310',
      'not',
      'from',
      'Acme',
      '$5',
      'my',
      'order',
      '12',
      '@',
      '{{x}}',
      '💥',
      '\u0000',
      'no',
    )
    const message = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((list) => list.join(' ')),
    )
    fc.assert(
      fc.property(message, fc.subarray(keys), fc.boolean(), (text, asked, opening) => {
        const values = read(fields, text, { asked, opening, triggers: [text.slice(0, 5), 'complaint'] })
        expect(keys).toEqual(expect.arrayContaining(Object.keys(values)))
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    'a',
    '1',
    '@',
    'a@',
    'my ',
    '-',
    'PO-',
    '1.',
    'from A',
    'not ',
    '$',
    'order #',
    'A&',
    '1 1',
    ' ',
    '.\n',
    'é',
  ])('is read in bounded time, 200 kB of «%s» included', (piece) => {
    const started = performance.now()
    read(fields, piece.repeat(200_000 / piece.length), { asked: keys, opening: true, triggers: ['complaint'] })
    expect(performance.now() - started).toBeLessThan(500)
  })
})
