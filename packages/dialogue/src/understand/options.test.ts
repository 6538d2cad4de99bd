import { describe, expect, it } from 'vitest'
import { resolveOption, type Choice } from './options.ts'

const choices: Choice[] = [
  { id: 'credit', title: 'Store credit', keywords: ['credit', 'accept', 'yes', 'okay', 'sure', 'fine'] },
  {
    id: 'escalation',
    title: 'Escalation',
    keywords: ['escalat', 'supervisor', 'no', 'not acceptable', 'speak to someone'],
  },
]
const reply = (text: string, payload?: string) => resolveOption(choices, { text, payload })

describe('a reply to options', () => {
  it.each([
    ['credit', 'payload'],
    ['escalation', 'payload'],
  ])('resolves a tapped %s', (id, how) => {
    expect(reply('', id)).toMatchObject({ choice: id, how })
  })

  it.each([
    '1',
    '1.',
    '1)',
    '#1',
    'option 1',
    ' 1 ',
    'number 1',
    '1️⃣',
    'first',
    'the first one',
    'the 1st please',
    'la primera',
    'el primero',
  ])('resolves the number «%s» in the forms people type', (text) => {
    expect(reply(text)).toMatchObject({ choice: 'credit', how: 'number' })
  })

  it.each(['store credit', 'STORE CREDIT', 'Store  Credit!', 'Stóre credit'])(
    'resolves the title «%s» whatever its case',
    (text) => {
      expect(reply(text)).toMatchObject({ choice: 'credit', how: 'title' })
    },
  )

  it.each([
    ['please escalate this', 'escalation'],
    ['I want a supervisor', 'escalation'],
    ['okay then', 'credit'],
    ['that is not acceptable', 'escalation'],
    ['I would like to speak to someone', 'escalation'],
  ])('finds the keyword in «%s»', (text, choice) => {
    expect(reply(text)).toMatchObject({ choice, how: 'keyword' })
  })

  it('lets the longest of overlapping hits win: «not acceptable» over «accept»', () => {
    expect(reply('not acceptable')).toMatchObject({ choice: 'escalation', hit: 'not acceptable' })
  })

  it('does not find short keywords inside other words', () => {
    expect(reply('I know nothing')).toBeUndefined()
    expect(reply('finest')).toBeUndefined()
  })

  it('calls separate hits of two options ambiguous', () => {
    expect(reply('yes, a supervisor')).toEqual({ ambiguous: ['credit', 'escalation'] })
  })

  it('counts from the end, too', () => {
    expect(reply('the last one')).toMatchObject({ choice: 'escalation', how: 'number' })
    expect(reply('la última')).toMatchObject({ choice: 'escalation', how: 'number' })
  })

  it.each(['no sé', "I don't know", 'no idea, sorry'])('takes the no in «%s» for doubt, not for the option', (text) => {
    expect(reply(text) ?? {}).not.toHaveProperty('choice')
  })

  it('lets an author make doubt an option', () => {
    const senior: Choice[] = [...choices, { id: 'senior', title: 'Ask a senior', keywords: ['not sure'] }]
    expect(resolveOption(senior, { text: 'not sure', payload: undefined })).toMatchObject({ choice: 'senior' })
  })

  it('takes ok and okay for the same word', () => {
    expect(reply('ok')).toMatchObject({ choice: 'credit' })
  })

  it("does not take an option's own no for a negation of what follows", () => {
    expect(reply('no, a supervisor')).toMatchObject({ choice: 'escalation' })
    expect(reply('no, supervisor')).toMatchObject({ choice: 'escalation' })
  })

  it.each(["I don't want the credit", 'not the store credit', 'no quiero un credit', 'never credit'])(
    'calls «%s» ambiguous',
    (text) => {
      expect(reply(text)).toMatchObject({ ambiguous: expect.arrayContaining(['credit']) })
    },
  )

  it('takes a no to something else for no negation', () => {
    expect(resolveOption(choices.slice(0, 1), { text: 'no, the credit', payload: undefined })).toMatchObject({
      choice: 'credit',
    })
  })

  it('takes a title with a question mark for a question', () => {
    expect(reply('Store credit?')).toMatchObject({ how: 'keyword' })
  })

  it('calls a hit behind a negation ambiguous', () => {
    expect(reply('not sure')).toEqual({ ambiguous: ['credit'] })
  })

  it('takes an option called yes or no by every word for it, where no other is named', () => {
    const asked = [
      { id: 'yes', title: 'Book it', keywords: [] },
      { id: 'other', title: 'Another day', keywords: [] },
      { id: 'no', title: 'Leave it', keywords: [] },
    ]
    const chosen = (text: string) => resolveOption(asked, { text, payload: undefined })
    expect(chosen('yes please')).toMatchObject({ choice: 'yes' })
    expect(chosen('vale, sí')).toMatchObject({ choice: 'yes' })
    expect(chosen('no thanks')).toMatchObject({ choice: 'no' })
    expect(chosen('another day')).toMatchObject({ choice: 'other' })
    expect(chosen('yes?')).toBeUndefined()
    expect(resolveOption(asked.slice(1, 2), { text: 'yes', payload: undefined })).toBeUndefined()
  })

  it.each([
    ['store credti', 'credit'],
    ['stor credit please', 'credit'],
    ['supervisr', 'escalation'],
    ['escalatoin', 'escalation'],
  ])('forgives one wrong letter in the title or the keyword that «%s» is', (text, choice) => {
    expect(reply(text)).toMatchObject({ choice, how: 'keyword' })
  })

  it('forgives no letter where words are short, denied, asked, or as near to two options', () => {
    for (const text of ['sur', 'fin', 'never supervisr', 'supervisr?', 'the supervisr called me'])
      expect(reply(text) ?? {}, text).not.toHaveProperty('choice')
    const choose = (titles: string[], text: string) =>
      resolveOption(
        titles.map((title) => ({ id: title, title, keywords: [] })),
        { text, payload: undefined },
      ) ?? {}
    for (const [title, text] of [
      ['Pasta', 'basta'],
      ['Personal', 'persona'],
      ['About', 'abort'],
      ['Dentro', 'centro'],
      ['Moral', 'amoral'],
    ] as const)
      expect(choose([title], text), text).toEqual({})
    expect(choose(['Room 112'], 'room 113')).toEqual({})
    expect(choose(['Size M'], 'size l')).toEqual({})
    expect(choose(['Marten', 'Martin'], 'marton')).toEqual({ ambiguous: ['Marten', 'Martin'] })
  })

  it('takes a number for a place only if no other title begins with it', () => {
    const slots = ['9:00', '2 pm', '10:00'].map((title) => ({ id: `at ${title}`, title, keywords: [] }))
    const chosen = (text: string) => resolveOption(slots, { text, payload: undefined })
    expect(chosen('2')).toMatchObject({ choice: 'at 2 pm' })
    expect(chosen('1')).toMatchObject({ choice: 'at 9:00' })
    expect(chosen('2 please')).toMatchObject({ choice: 'at 2 pm' })
    const sizes = ['2 people', '4 people', '6 people', '3 people'].map((title) => ({ id: title, title, keywords: [] }))
    const meant = (text: string) => resolveOption(sizes, { text, payload: undefined })
    for (const text of ['2', '3', '4']) expect(meant(text) ?? {}, text).not.toHaveProperty('choice')
    expect(meant('option 2')).toMatchObject({ choice: '4 people' })
    expect(meant('1')).toMatchObject({ choice: '2 people' })
    expect(meant('2 people')).toMatchObject({ choice: '2 people' })
  })

  it('says nothing of an empty reply, a number that is too high or a strange name', () => {
    expect(reply('')).toBeUndefined()
    expect(reply('3')).toBeUndefined()
    expect(reply('0')).toBeUndefined()
    expect(reply('00')).toBeUndefined()
    expect(reply('third')).toBeUndefined()
    expect(reply('__proto__', 'constructor')).toBeUndefined()
  })
})
