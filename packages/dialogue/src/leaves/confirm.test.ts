import type { LlmProvider } from '@copse/llm'
import { createScriptedProvider } from '@copse/llm/testing'
import { describe, expect, it } from 'vitest'
import { leaf, openTalk, procedure, sequence } from '../testing/talk.ts'

/** A choice that leads straight to a payment. */
const open = (
  entered: string[],
  { model, first }: { model?: LlmProvider; first?: Parameters<typeof procedure>[1][string] } = {},
) =>
  openTalk({
    ...(model === undefined ? {} : { model }),
    operations: [
      [
        {
          name: 'pay',
          effect: 'idempotent',
          confirm: true,
          params: { amount: { type: 'number' } },
          summary: { en: { ok: 'Paid {{amount}}.', confirm: 'I would pay {{amount}}. Shall I?' } },
        },
        () => ({ status: 'ok', data: {} }),
      ],
    ],
    procedures: [
      procedure('help', {
        ...(first === undefined ? {} : { first }),
        offer: {
          node: leaf('choose', {
            options: [
              { id: 'money', title: 'Money back', keywords: ['money'], exit: 'money' },
              { id: 'none', title: 'Nothing', keywords: ['nothing'], exit: 'none' },
            ],
          }),
          exits: { money: 'pay', none: 'end', failure: 'person', person: 'person' },
        },
        pay: {
          node: sequence(
            leaf('confirm', { operation: 'pay', arguments: [{ param: 'amount', value: 5 }], entered }),
            leaf('call', { operation: 'pay', arguments: [{ param: 'amount', value: 5 }] }),
          ),
          exits: { success: 'end', declined: 'offer', failure: 'person', person: 'person' },
        },
        person: { node: leaf('handoff', { say: { en: 'A person.' }, reason: 'x' }), exits: { success: 'end' } },
      }),
    ],
  })
const usual = ['keyword', 'classification']

describe('the confirmation before money moves', () => {
  it.each(['1', 'the first one', 'Money back', 'MONEY BACK!'])(
    'is not asked after the plain choice «%s»',
    async (text) => {
      const talk = open(usual)
      await talk.say('help')
      expect((await talk.say(text)).text).toBe('Paid 5.')
    },
  )

  it('is not asked after a tap', async () => {
    const talk = open(usual)
    await talk.say('help')
    expect((await talk.tap('money')).text).toBe('Paid 5.')
  })

  it.each(['I would like the money', 'give me my money'])('is asked after «%s»', async (text) => {
    const talk = open(usual)
    await talk.say('help')
    expect(await talk.say(text)).toMatchObject({ text: 'I would pay 5. Shall I?', options: ['Yes', 'No'] })
    expect(talk.effects).toEqual([])
    expect((await talk.say('yes')).text).toBe('Paid 5.')
  })

  it('is asked when a model chose, whatever it was sure of', async () => {
    const usage = {
      provider: 'scripted',
      model: 'script',
      purpose: 'classify' as const,
      inputTokens: 1,
      outputTokens: 1,
    }
    const model = { ...createScriptedProvider([]), classify: async () => ({ label: 'money', usage }) }
    const talk = open(usual, {
      model,
      first: {
        node: leaf('classify', {
          labels: [
            { id: 'money', description: 'They want their money', exit: 'money' },
            { id: 'none', description: 'They want nothing', exit: 'none' },
          ],
        }),
        exits: { money: 'pay', none: 'end', failure: 'person', person: 'person' },
      },
    })
    expect((await talk.say('help')).text).toBe('I would pay 5. Shall I?')
    expect(talk.effects.filter(({ name }) => name === 'pay')).toEqual([])
    expect((await talk.say('yes')).text).toBe('Paid 5.')
  })

  it('is asked after a tap, too, where the author says always', async () => {
    const talk = open(['always'])
    await talk.say('help')
    expect((await talk.tap('money')).text).toBe('I would pay 5. Shall I?')
  })

  it.each(['yes?', 'yes but wait', 'fine print please', 'hm'])('is no yes: «%s»', async (text) => {
    const talk = open(usual)
    await talk.say('help')
    await talk.say('the money')
    expect(await talk.say(text)).toMatchObject({ status: 'waiting', step: 'confirm' })
    expect(talk.effects).toEqual([])
  })

  it('lets a customer decline, and offers the choice again', async () => {
    const talk = open(usual)
    await talk.say('help')
    await talk.say('the money')
    expect(await talk.say('no')).toMatchObject({ options: ['Money back', 'Nothing'], status: 'waiting' })
    expect(talk.effects).toEqual([])
  })

  it('moves nothing for who says yes and wants a person', async () => {
    const talk = open(usual)
    await talk.say('help')
    await talk.say('the money')
    expect(await talk.say('yes, get me your manager')).toMatchObject({ text: 'A person.', status: 'escalated' })
    expect(talk.effects).toEqual([])
  })
})

describe('a choice', () => {
  it('is not made by what was said before', async () => {
    const talk = open(usual)
    await talk.say('help with money')
    expect(await talk.say('what?')).toMatchObject({ status: 'waiting', step: 'choose', decided: { option: null } })
  })

  it('is not made by an option that is refused', async () => {
    const talk = open(usual)
    await talk.say('help')
    expect(await talk.say('not the money')).toMatchObject({ status: 'waiting', step: 'choose' })
  })
})
