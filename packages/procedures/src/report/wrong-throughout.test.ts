import { expect, test } from 'vitest'
import { ours } from '../testing/compiled.ts'

const many = (count: number, make: (at: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(between)

test.each([
  ['steps that lead nowhere', many(2_000, (at) => `- {id: s${at}, action: inform, say: x, next_step: t${at}}`)],
  [
    'texts about fields that nobody asks for',
    `- {id: a, action: inform, next_step: b, say: "${many(20_000, (at) => `{{g${at}}}`, ' ')}"}
- id: b
  action: collect_info
  next_step: end
  extract_fields:
${many(3_000, (at) => `    - {key: f${at}}`)}`,
  ],
  [
    'long names',
    many(2_000, (at) => `- {id: ${'x'.repeat(90)}${at}, action: inform, say: x, next_step: ${'x'.repeat(91)}${at}}`),
  ],
])('%s are told within seconds, the first of them with a fix', (_, steps) => {
  const started = process.cpuUsage()
  const { ok, diagnostics } = ours(steps)
  const { user, system } = process.cpuUsage(started)
  expect({ ok, told: diagnostics.length }).toEqual({ ok: false, told: 500 })
  expect((user + system) / 1_000).toBeLessThan(3_000)
})

test('what is not there is guessed at while anybody reads it', () => {
  const { diagnostics } = ours(many(600, (at) => `- {id: s${at}, action: inform, say: x, next_step: t${at}}`))
  expect(diagnostics[0]?.fix).toBe('Did you mean "s0"?')
  expect(diagnostics[499]?.fix).toBeUndefined()
})

test('a name that is a whole file is not said again whole', () => {
  const { diagnostics } = ours(
    `- {id: a, action: ${'x'.repeat(500_000)}}\n- {id: b, action: end, ${'y'.repeat(300_000)}: 1}`,
  )
  expect(diagnostics).toHaveLength(2)
  expect(JSON.stringify(diagnostics).length).toBeLessThan(3_000)
})
