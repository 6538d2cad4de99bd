import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sentencesOf } from './sentences.ts'
import { sopText } from './sop.ts'

const of = (text: string) => sentencesOf(text, 'en').map(({ text: sentence, line, column }) => [sentence, line, column])

test('each sentence has its place, also across lines and behind a list marker', () => {
  expect(of('1. Ask for the number. Then look\n   it up.\n\n   - It is\n     late.')).toEqual([
    ['Ask for the number.', 1, 4],
    ['Then look it up.', 1, 24],
    ['It is late.', 4, 6],
  ])
})

test.each([
  ['numbers of two levels', '2. Checks\n   2.1 Look it up.\n   2.2. Say so.', ['Checks', 'Look it up.', 'Say so.']],
  ['steps that are called so', 'Step 1: Look it up.\n**Step 2.** Say so.', ['Look it up.', 'Say so.']],
  ['steps in Spanish', 'Paso 1. Busca el pedido.\nPaso 2. Despídete.', ['Busca el pedido.', 'Despídete.']],
  [
    'boxes to tick, and quotes',
    '- [ ] Look it up.\n- [x] Say so.\n> Thank them.',
    ['Look it up.', 'Say so.', 'Thank them.'],
  ],
  ['a date or an amount, which is none', 'It takes\n5.50 euros.', ['It takes 5.50 euros.']],
])('what lists are marked with is no part of a sentence: %s', (_, text, sentences) => {
  expect(of(text).map(([sentence]) => sentence)).toEqual(sentences)
})

test('a line with two sentences is no heading, however the last one ends', () => {
  const parts = sentencesOf('👋 Ask for the number 🙏. Look it up 📦! Thank them 🎉', 'en')
  expect(parts.map(({ part }) => part)).toEqual(['text', 'text', 'text'])
})

test('an item that only names those inside it is a heading', () => {
  const parts = sentencesOf(
    '1) Greeting\n   a) Say hello.\n   b) Ask for the number.\n2) Refund\n   Pay it.\n3) Close',
    'en',
  )
  expect(parts.map(({ part, text }) => [part, text])).toEqual([
    ['heading', 'Greeting'],
    ['text', 'Say hello.'],
    ['text', 'Ask for the number.'],
    ['text', 'Refund Pay it.'],
    ['text', 'Close'],
  ])
})

test('a heading is told from a sentence, a lead from both', () => {
  const parts = sentencesOf('Refunds\n=======\n\nThis is for shops.\n\n## Late\nWhen it is late:\n- Say so.', 'en')
  expect(parts.map(({ part, text }) => [part, text])).toEqual([
    ['heading', 'Refunds'],
    ['text', 'This is for shops.'],
    ['heading', 'Late'],
    ['lead', 'When it is late:'],
    ['text', 'Say so.'],
  ])
})

test('an abbreviation ends no sentence', () => {
  expect(of('Ask for the number, e.g. ORD-1. Then go on.')).toHaveLength(2)
})

test('line ends of any system and a mark of the byte order are no part of the text', () => {
  const bytes = new TextEncoder().encode('\uFEFFAsk.\r\nGo on.\rEnd.')
  expect(of(sopText(bytes)).map(([text]) => text)).toEqual(['Ask.', 'Go on.', 'End.'])
})

test('the written procedure of the fixtures is read whole', () => {
  const file = new URL('../../../../../shared/fixtures/bt-workflow-engine/examples/sample_sop.txt', import.meta.url)
  const sentences = sentencesOf(sopText(readFileSync(file)), 'en')
  expect(sentences).toHaveLength(17)
  expect(sentences[0]).toMatchObject({ part: 'heading', text: 'Password Reset Procedure for IT Help Desk' })
  expect(sentences.at(-1)).toMatchObject({ text: 'Close the ticket with the resolution details.', line: 25 })
})

test.each([
  ['an empty one', '', 'It is empty.'],
  ['one of blanks', ' \n\t\n', 'It is empty.'],
  ['a document of a word processor', 'PK\u0003\u0004\u0014\u0000', 'It is no plain text.'],
  ['a page of the web', '<ol><li>Ask for the number.</li><li>Look it up.</li></ol>', 'It is HTML.'],
  ['one of 5 MB', 'Ask. '.repeat(1_000_000), 'It is larger than 200 kB.'],
])('%s is refused and says why, at once', (_, text, why) => {
  const startedAt = performance.now()
  expect(() => sopText(new TextEncoder().encode(text))).toThrow(why)
  expect(performance.now() - startedAt).toBeLessThan(200)
})

test('bytes that are no text are refused', () => {
  expect(() => sopText(new Uint8Array([0xff, 0xfe, 0x41, 0xd8]))).toThrow('It is no plain text.')
})
