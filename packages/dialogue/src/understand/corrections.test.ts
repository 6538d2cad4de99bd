import { field, type Field } from '@copse/contracts'
import { describe, expect, it } from 'vitest'
import { markedIn } from './corrections.ts'

const define = (given: Partial<Field> & { key: string }): Field => field.parse(given)
const order = define({ key: 'order_id', title: 'order number', description: 'Order number', examples: ['ORD-123'] })
const mail = define({ key: 'email', title: 'e-mail', type: 'email' })
const story = define({ key: 'story', type: 'text', description: 'What happened' })
const known = [
  { field: order, stored: 'ORD-123' },
  { field: mail, stored: 'ann@example.com' },
  { field: story, stored: 'It broke' },
]
const marked = (text: string, words?: string[]) =>
  markedIn(text, known, { today: '2026-11-20', customs: words ? { corrections: { words } } : {} })

describe('a message that takes something back', () => {
  it.each([
    ['no, I meant ORD-789', 'no i meant'],
    ['Actually, it is ORD-789.', 'actually it is'],
    ['Sorry, it’s ORD-789', "sorry it's"],
    ['I made a mistake: ORD-789', 'i made a mistake'],
    ['the order number should be ORD-789', 'should be'],
    ['ORD-789, not ORD-123', 'not ord-123'],
    ['no, era el ORD-789', 'no era'],
    ['me equivoqué, es ORD-789', 'me equivoque'],
    ['perdón, quise decir ORD-789', 'quise decir'],
    ['en realidad es el pedido ORD-789', 'en realidad'],
    ['no, ORD-789', 'no'],
    ['perdón, el ORD-789', 'perdon'],
  ])('has words for it, and a value: «%s»', (text, hit) => {
    expect(marked(text)).toMatchObject({ hit, values: [{ field: { key: 'order_id' }, value: 'ORD-789' }] })
  })

  it.each([
    'ORD-789',
    'I want ORD-789 refunded as well, it came with the other box',
    'no',
    'actually',
    'no, I meant something else',
    'sorry, it is late',
    'my story is another one, actually',
    'no thanks, cancel it',
  ])('is not «%s»', (text) => {
    expect(marked(text)).toBeUndefined()
  })

  it('is one alone where nothing else is said', () => {
    expect(marked('sorry, I meant the order ORD-789 please')?.alone).toBe(true)
    expect(marked('sorry, I meant to tell you that ORD-789 came with a scratch on it')?.alone).toBe(false)
  })

  it('may take back several things at once', () => {
    expect(marked('no, I meant ORD-789, and bob@example.com')?.values.map(({ value }) => value)).toEqual([
      'ORD-789',
      'bob@example.com',
    ])
  })

  it('is known by the words of an author, too', () => {
    expect(marked('errata: ORD-789 for the box')).toBeUndefined()
    expect(marked('errata: ORD-789 for the box', ['errata'])).toMatchObject({ hit: 'errata' })
  })
})
