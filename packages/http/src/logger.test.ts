import { Fault } from '@copse/contracts'
import { assert, constantFrom, integer, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { createLogger, type LogLevel } from './index.ts'

const clock = { now: () => Date.UTC(2026, 0, 2) }

function logged(log: (logger: ReturnType<typeof createLogger>) => void, level: LogLevel = 'debug') {
  const lines: string[] = []
  log(createLogger({ level, clock, fields: { tenant: 'demo' }, write: (line) => lines.push(line) }))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('a line is one JSON object with time, level, message and every bound field', () => {
  expect(logged((logger) => logger.child({ turn: 7 }).info({ n: 1 }, 'hello'))).toEqual([
    { time: '2026-01-02T00:00:00.000Z', level: 'info', message: 'hello', tenant: 'demo', turn: 7, n: 1 },
  ])
})

test('levels below the threshold write nothing', () => {
  expect(logged((logger) => logger.info({}, 'quiet'), 'warn')).toEqual([])
  expect(logged((logger) => logger.error({}, 'loud'), 'silent')).toEqual([])
})

test('whatever is called a secret is never printed, however deep', () => {
  assert(
    property(
      constantFrom(
        'token',
        'Authorization',
        'apiKey',
        'api_key',
        'clientSecret',
        'password',
        'set-cookie',
        'credentials',
        'accessToken',
      ),
      string({ minLength: 12 }).filter((value) => !'demohelloinfo[redacted]tenant'.includes(value)),
      integer({ min: 0, max: 3 }),
      (name, secret, depth) => {
        let fields: object = { [name]: secret }
        for (let i = 0; i < depth; i += 1) fields = { nested: [fields] }
        expect(JSON.stringify(logged((logger) => logger.info(fields, 'hello')))).not.toContain(
          JSON.stringify(secret).slice(1, -1),
        )
      },
    ),
  )
})

test('an error is printed with its code and its cause', () => {
  const cause = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  const error = new Fault('storage_failed', { cause })
  expect(logged((logger) => logger.error({ error }, 'no'))).toMatchObject([
    {
      error: {
        code: 'storage_failed',
        message: error.message,
        cause: { code: 'ENOSPC', message: 'no space left' },
      },
    },
  ])
})

test('tokens are taken out of texts and errors too', () => {
  const token = `copse_admin_${'a'.repeat(43)}`
  const error = new Error(`refused Bearer abc.def-ghi`, { cause: new Error(`with ${token}`) })
  const text = JSON.stringify(logged((logger) => logger.error({ error, url: `http://x/?key=${token}` }, 'no')))
  expect(text).not.toContain(token)
  expect(text).not.toContain('abc.def-ghi')
  expect(text).toContain('[redacted]')
})

test('what looks like a secret or like a person is taken out of any text', () => {
  const secrets = [
    `sk-ant-${'a1'.repeat(12)}`,
    `EAAB${'x9'.repeat(20)}`,
    'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    'ana.silva+shop@example.co.uk',
    '4111 1111 1111 1111',
    '5500-0000-0000-0004',
    '+34 600 11 22 33',
    '34600112233',
  ]
  for (const secret of secrets) {
    const [line] = logged((logger) => logger.warn({ error: new Error(`refused ${secret}, again`) }, `about ${secret}`))
    expect(JSON.stringify(line)).not.toContain(secret)
    expect(line).toMatchObject({ message: expect.stringMatching(/^about \[\w+\]$/) as string })
  }
})

test('what a customer said and how they are reached stays out, whoever logs it', () => {
  expect(
    logged((logger) => logger.info({ event: { text: 'my secret', alias: 'ana', kind: 'text' } }, 'in')),
  ).toMatchObject([{ event: { text: '[personal]', alias: '[personal]', kind: 'text' } }])
})

test('ids, dates, addresses and versions are left as they are', () => {
  const kept = [
    '019a6f2c-1234-7000-8000-123456789012',
    '2026-04-14T03:02:20.000Z',
    'http://127.0.0.1:8002/chat',
    'file:///srv/copse/packages/lane/src/turn.ts:149:11',
    'release 12 of copse 1.20.3',
    'a'.repeat(64),
  ]
  for (const text of kept) expect(logged((logger) => logger.info({ is: text }, 'x'))).toMatchObject([{ is: text }])
})

test('token counts are no secrets', () => {
  expect(logged((logger) => logger.info({ inputTokens: 12 }, 'used'))).toMatchObject([{ inputTokens: 12 }])
})

test('an object that contains itself ends', () => {
  const loop: Record<string, unknown> = { name: 'loop' }
  loop['self'] = loop
  expect(logged((logger) => logger.info(loop, 'round'))).toMatchObject([{ self: { self: { name: 'loop' } } }])
})
