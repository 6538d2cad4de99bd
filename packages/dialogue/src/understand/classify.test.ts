import { createScriptedProvider } from '@copse/llm/testing'
import { expect, test } from 'vitest'
import { talkTo } from '../testing/compiled.ts'

const claim = `copse: 1
procedure:
  id: claim
  triggers: [claim]
  steps:
    - id: kind
      action: evaluate
      say: What is it about?
      classify:
        labels:
          - {id: broken, description: It broke, keywords: [broken], next_step: repair}
          - {id: lost, description: It was lost, keywords: [lost], next_step: search}
      else: person
    - {id: repair, action: end, say: We repair it.}
    - {id: search, action: end, say: We look for it.}
    - {id: person, action: handoff, say: Somebody will call.}
`

const usage = { provider: 'scripted', model: 'script', purpose: 'classify' as const, inputTokens: 1, outputTokens: 1 }

const answering = (label: string, source = claim) => {
  const asked: string[][] = []
  const model = {
    ...createScriptedProvider([]),
    async classify({ labels }: { labels: readonly { id: string }[] }) {
      asked.push(labels.map(({ id }) => id))
      return { label, usage }
    },
  }
  return { asked, talk: talkTo(source, [], { model }) }
}

test.each(['none', 'repair', 'person', 'constructor', ''])(
  'a model that answers "%s", which is no label, has chosen nothing: the customer is asked',
  async (label) => {
    const { talk, asked } = answering(label)
    expect(await talk.say('claim: it is bad')).toMatchObject({
      status: 'waiting',
      options: ['It broke', 'It was lost'],
      handoffs: [],
      failures: [],
    })
    expect(asked).toHaveLength(1)
    expect(await talk.say('it was lost')).toMatchObject({ text: 'We look for it.' })
  },
)

test('a model chooses among the labels of the author, and is not asked where words say enough', async () => {
  const { talk } = answering('lost')
  expect(await talk.say('claim: it is bad')).toMatchObject({ text: 'We look for it.' })
  const { talk: other, asked } = answering('none')
  await other.say('claim: it is bad')
  expect(await other.say('it is broken')).toMatchObject({ text: 'We repair it.' })
  expect(asked).toEqual([['broken', 'lost']])
})

test('a model is asked to classify once in a turn: what it would say of a second question is asked of the customer', async () => {
  const twice = claim.replace('next_step: search', 'next_step: where').replace(
    '    - {id: repair,',
    `    - id: where
      action: evaluate
      say: Where was that?
      classify:
        labels:
          - {id: home, description: At home, next_step: repair}
          - {id: lost, description: Away, next_step: search}
      else: person
    - {id: repair,`,
  )
  const { talk, asked } = answering('lost', twice)
  expect(await talk.say('claim: it is bad')).toMatchObject({ text: 'Where was that?', status: 'waiting' })
  expect(asked).toHaveLength(1)
  expect(await talk.say('hm')).toMatchObject({ text: 'We look for it.' })
  expect(asked).toHaveLength(2)
})
