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
  ['one of 5 MB', 'Ask. '.repeat(1_000_000), 'It is larger than 200 kB.'],
])('%s is refused and says why, at once', (_, text, why) => {
  const startedAt = performance.now()
  expect(() => sopText(new TextEncoder().encode(text))).toThrow(why)
  expect(performance.now() - startedAt).toBeLessThan(200)
})

test('bytes that are no text are refused', () => {
  expect(() => sopText(new Uint8Array([0xff, 0xfe, 0x41, 0xd8]))).toThrow('It is no plain text.')
})
