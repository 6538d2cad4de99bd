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

  it.each(['1', '1.', '1)', '#1', 'option 1', ' 1 ', 'number 1'])(
    'resolves the number «%s» in the forms people type',
    (text) => {
      expect(reply(text)).toMatchObject({ choice: 'credit', how: 'number' })
    },
  )

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

  it('calls a hit behind a negation ambiguous', () => {
    expect(reply('not sure')).toEqual({ ambiguous: ['credit'] })
  })

  it('says nothing of an empty reply, a number that is too high or a strange name', () => {
    expect(reply('')).toBeUndefined()
    expect(reply('3')).toBeUndefined()
    expect(reply('0')).toBeUndefined()
    expect(reply('__proto__', 'constructor')).toBeUndefined()
  })
})
