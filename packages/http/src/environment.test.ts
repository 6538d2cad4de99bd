import { expect, test } from 'vitest'
import { z } from 'zod'
import { explainFault, readEnvironment } from './index.ts'

const schema = z.object({
  PORT: z.coerce.number().int().max(65_535).default(8001),
  DATA: z.string(),
  LEVEL: z.enum(['debug', 'info']).default('info'),
})

test('an empty variable counts as absent', () => {
  expect(readEnvironment(schema, { PORT: '', DATA: 'x', OTHER: '1' })).toEqual({ PORT: 8001, DATA: 'x', LEVEL: 'info' })
})

test('each bad variable gets one line that names it', () => {
  expect.assertions(4)
  try {
    readEnvironment(schema, { PORT: '70000', LEVEL: 'loud' })
  } catch (error) {
    const lines = explainFault(error).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('PORT: ')
    expect(lines.find((line) => line.startsWith('DATA'))).toContain('DATA is not set')
    expect(lines.find((line) => line.startsWith('LEVEL'))).toContain('LEVEL: ')
  }
})
