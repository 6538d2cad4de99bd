import { expect, test } from 'vitest'
import { check, checkSteps, cpuMsSince } from './testing/checking.ts'
import { largeProcedure, manyChoices } from './testing/large.ts'

const boundMs = 10_000

test('five hundred steps whose ways back are short are all looked at within ten seconds', () => {
  const started = process.cpuUsage()
  const { explored } = check(largeProcedure(500, (step) => step - 2))
  const tookMs = cpuMsSince(started)
  expect(explored).toMatchObject({ exhaustive: true })
  expect(tookMs, `it took ${Math.round(tookMs)} ms`).toBeLessThan(boundMs)
})

test('a thousand steps in a row take no time to speak of', () => {
  const steps = Array.from(
    { length: 1_000 },
    (_, at) => `- {id: s${at}, action: inform, say: x, next_step: s${at + 1}}`,
  )
  const started = process.cpuUsage()
  const { explored } = checkSteps([...steps, '- {id: s1000, action: end}'].join('\n'))
  expect(explored).toMatchObject({ exhaustive: true, states: 1_001 })
  expect(cpuMsSince(started)).toBeLessThan(3_000)
})

test('where there are too many, it stops when it is told to, and names the field that explodes', () => {
  const { explored } = check(
    largeProcedure(60, (step) => step - 37),
    { maxStates: 1_000 },
  )
  expect(explored?.exhaustive).toBe(false)
  expect(explored?.reasons).toEqual([
    expect.stringMatching(
      /^Only the first \d+ states were looked at\. "f\d+" explodes: conditions cut it into \d+ parts/,
    ),
  ])
})

test('of a flow, too, it names the field that explodes', () => {
  const small = check(manyChoices(6))
  expect(small.explored).toMatchObject({ exhaustive: true })
  expect(small.findings).toEqual([])
  const { explored, findings } = check(manyChoices(14), { maxStates: 1_000 })
  expect(explored?.exhaustive).toBe(false)
  expect(explored?.reasons).toEqual([
    expect.stringMatching(/^Only the first \d+ states were looked at\. "f\d+" explodes/),
  ])
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
})

test('what was not looked at is never said to be unreachable', () => {
  const { findings, explored } = check(
    largeProcedure(50, (step) => step - 2),
    { maxStates: 10 },
  )
  expect(explored?.exhaustive).toBe(false)
  expect(findings).toEqual([])
})
