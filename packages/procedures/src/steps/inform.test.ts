import { expect, test } from 'vitest'
import { configOf, exitsOf, nodesOf, ours, stageOf } from '../testing/compiled.ts'

const choice = `
- id: offer
  action: inform
  say: What now?
  options:
    - {label: {en: Try again, es: Probar otra vez}, detection_keywords: [again, 2], next_step: ask}
    - {label: "¿Hablar con alguien?", next_step: handoff}
    - {id: failure, label: Stop, next_step: end}
- id: ask
  action: collect_info
  extract_fields: [{key: order_id}]
  next_step: end`

test('options have ids that can be read, titles per language, and exits of their own', () => {
  const compilation = ours(choice)
  expect(configOf(compilation, 'offer', 'choose')['options']).toMatchObject([
    {
      id: 'try_again',
      title: 'Try again',
      titles: { es: 'Probar otra vez' },
      keywords: ['again', '2'],
      exit: 'try_again',
    },
    { id: 'hablar_con_alguien', exit: 'hablar_con_alguien' },
    { id: 'failure', exit: 'failure_2' },
  ])
  expect(exitsOf(compilation, 'offer')).toEqual({
    failure: '$handoff',
    person: '$person',
    try_again: 'ask',
    hablar_con_alguien: '$handoff',
    failure_2: 'end',
  })
})

test('a value that the target of an option collects is that option', () => {
  const options = configOf(ours(choice), 'offer', 'choose')['options'] as { takes: { key: string }[] }[]
  expect(options.map(({ takes }) => takes.map(({ key }) => key))).toEqual([['order_id'], [], []])
})

test('without an answer it goes where `default` says', () => {
  const compilation = ours(choice.replace('say: What now?', 'default: ask\n  say: What now?'))
  expect(configOf(compilation, 'offer', 'choose')['otherwise']).toBe('default')
  expect(exitsOf(compilation, 'offer')['default']).toBe('ask')
})

test('a statement flows on, and waits for any reply when told', () => {
  const statement = '- {id: tell, action: inform, say: Hello, next_step: end}'
  expect(stageOf(ours(statement), 'tell').op).toBe('say')
  const waiting = ours(statement.replace('next_step', 'await_input: true, next_step'))
  expect(nodesOf(stageOf(waiting, 'tell')).map(({ op }) => op)).toEqual(['sequence', 'say', 'pause'])
  expect(exitsOf(waiting, 'tell')).toMatchObject({ success: 'end', correct: 'end', failure: 'end' })
})
