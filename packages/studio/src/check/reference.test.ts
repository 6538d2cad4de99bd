import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { read } from './testing/checking.ts'

test('the reference says what every finding means', () => {
  const folder = new URL('./findings/', import.meta.url)
  const sources = readdirSync(folder).map((file) => read(`packages/studio/src/check/findings/${file}`))
  const codes = sources.flatMap((source) =>
    [...source.matchAll(/'([a-z]+(?:_[a-z]+)+|gap|overlap)'/g)].map(([, code]) => code!),
  )
  const keys = ['next_step', 'on_silence', 'extract_fields']
  const page = read('docs/reference/check.md')
  expect(new Set(codes).size).toBeGreaterThan(10)
  for (const code of codes.filter((one) => !keys.includes(one))) expect(page).toContain(`\`${code}\``)
})
