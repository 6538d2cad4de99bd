import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { check, placesOf, read } from './testing/checking.ts'

const corpus = readdirSync(new URL('../../corpus/', import.meta.url)).sort()

test.each(corpus)('%s is flagged, with its fault at its line', (file) => {
  const source = read(`packages/studio/corpus/${file}`)
  const expected = /^# expect: (\w+ \d+)$/m.exec(source)?.[1]
  expect(placesOf(check(source))).toContain(expected)
})

test('there are at least sixty procedures and twenty flows', () => {
  const flows = corpus.filter((file) => file.startsWith('f'))
  expect(flows.length).toBeGreaterThanOrEqual(20)
  expect(corpus.length - flows.length).toBeGreaterThanOrEqual(60)
})
