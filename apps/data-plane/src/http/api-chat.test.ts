import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRig, type Rig } from '../testing/rig.ts'

/** Long enough for a busy machine; a passing test never waits for it. */
const soon = { timeout: 15_000 }

let rig: Rig
beforeAll(async () => {
  rig = await openRig()
})
afterAll(() => rig.close())

const chat = (body: unknown, headers?: Record<string, string>) => rig.post('/api/chat', body, headers)

describe('POST /api/chat', () => {
  test('answers with the turn when it rests, and goes on with the open session', async () => {
    const first = await chat({ message: 'hello', user_id: 'ana' })
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'waiting', intent: 'toy', step: 'talk', response: '1: hello' },
    })
    const second = await chat({ message: 'again', user_id: 'ana' })
    expect(second.body).toMatchObject({
      session_id: first.body['session_id'],
      response: '2: again',
      messages: [{ text: '2: again' }],
    })
  })

  test('a payload may stand in place of a message', async () => {
    expect((await chat({ payload: 'yes', user_id: 'pay' })).body).toMatchObject({ response: '1: yes' })
  })

  test('50 deliveries of one message in parallel make one turn and get one answer', async () => {
    const before = rig.turns()
    const body = { message: 'once', user_id: 'dora', message_id: 'm-1' }
    const answers = await Promise.all(Array.from({ length: 50 }, () => chat(body)))
    expect(rig.turns() - before).toBe(1)
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    const later = await chat(body)
    expect(later.body).toEqual(answers[0]?.body)
  })

  test('two users may give their messages the same id', async () => {
    await chat({ message: 'mine', user_id: 'eve', message_id: 'same' })
    expect((await chat({ message: 'yours', user_id: 'fay', message_id: 'same' })).body).toMatchObject({
      response: '1: yours',
    })
  })

  test('no name of a user and a message reads as those of another', async () => {
    await chat({ message: 'a secret', user_id: 'org', message_id: 'eve:1' })
    expect((await chat({ message: 'mine', user_id: 'org:eve', message_id: '1' })).body).toMatchObject({
      response: '1: mine',
    })
  })

  test('five messages of one user in parallel are five turns', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => chat({ message: `n${n}`, user_id: 'gus' })))
    const numbers = answers.map(({ body }) => String(body['response']).charAt(0))
    expect(numbers.toSorted((a, b) => a.localeCompare(b))).toEqual(['1', '2', '3', '4', '5'])
  })

  test('a message that is not at rest in time is accepted, and says where its answer will be', async () => {
    const slow = await openRig({ answerTimeoutMs: 50, slowMs: 500 })
    const body = { message: 'slow', user_id: 'hal' }
    const first = await slow.post('/api/chat', body)
    expect(first).toMatchObject({
      status: 202,
      body: { session_id: null, status: 'pending', read: '/api/sessions?user_id=hal' },
    })
    const read = async (route: string, what: string) => (await slow.get(route)).body[what]
    await expect.poll(() => read(String(first.body['read']), 'sessions'), soon).toHaveLength(1)
    const second = await slow.post('/api/chat', body)
    expect(second).toMatchObject({ status: 202, body: { session_id: expect.stringContaining('session-') } })
    await expect.poll(() => read(String(second.body['read']), 'messages'), soon).toHaveLength(4)
    await slow.close()
  })

  test('an ended session answers that it is closed, with status completed', async () => {
    const { body } = await chat({ message: 'bye', user_id: 'ida' })
    const after = await chat({ message: 'one more', user_id: 'ida', session_id: body['session_id'] })
    expect(after).toMatchObject({
      status: 200,
      body: { status: 'completed', response: 'This conversation is closed.' },
    })
  })

  test('a duplicate of the message that ended its session gets the first answer, not that it is over', async () => {
    const { body } = await chat({ message: 'hello', user_id: 'kim' })
    const last = { message: 'person', user_id: 'kim', session_id: body['session_id'], message_id: 'last' }
    const first = await chat(last)
    expect(first.body).toMatchObject({ status: 'escalated' })
    expect((await chat(last)).body).toEqual(first.body)
  })

  test('no procedure took it: status none, without a session', async () => {
    expect((await chat({ message: 'nothing', user_id: 'jo' })).body).toMatchObject({
      session_id: null,
      status: 'none',
      intent: null,
    })
  })
})

/** Every refusal has the same shape, and shows nothing of the inside. */
const problem = async (body: unknown, headers?: Record<string, string>) => {
  const answer = await chat(body, headers)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.body['requestId']).toBe(answer.headers.get('x-request-id'))
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:\d/)
  return answer
}

describe('what bad input gets', () => {
  test('an empty message', async () => {
    expect(await problem({ message: '', user_id: 'x' })).toMatchObject({ status: 422, body: { code: 'message_empty' } })
    expect(await problem({ message: '  \n ', user_id: 'x' })).toMatchObject({
      status: 422,
      body: { code: 'message_empty' },
    })
  })

  test('a message over 8,000 characters, with the limit', async () => {
    const { status, body } = await problem({ message: 'x'.repeat(8_001), user_id: 'x' })
    expect([status, body['code'], body['limit']]).toEqual([422, 'message_too_long', 8_000])
  })

  test('a message of 8,000 characters is taken', async () => {
    expect((await chat({ message: 'y'.repeat(8_000), user_id: 'long' })).status).toBe(200)
  })

  test('a body of 100 kB, with the limit', async () => {
    const { status, body } = await problem({ message: 'x'.repeat(100_000), user_id: 'x' })
    expect([status, body['code'], body['limit']]).toEqual([413, 'body_too_large', 65_536])
  })

  test('a body that is not JSON', async () => {
    expect(await problem('{"message": ')).toMatchObject({ status: 400, body: { code: 'body_not_json' } })
    expect(await problem('hello', { 'content-type': 'application/xml' })).toMatchObject({
      status: 400,
      body: { code: 'body_not_json' },
    })
    expect(await problem('')).toMatchObject({ status: 400, body: { code: 'body_not_json' } })
  })

  test('fields that are missing, unknown or of the wrong type, each by name', async () => {
    const { status, body } = await problem({ message: 5, colour: 'red' })
    expect([status, body['code']]).toEqual([400, 'body_invalid'])
    const paths = (body['errors'] as { path: string }[]).map(({ path }) => path)
    expect(paths).toContain('message')
    expect(paths).toContain('user_id')
    expect(JSON.stringify(body['errors'])).toContain('colour')
  })

  test('both a message and a payload', async () => {
    expect(await problem({ message: 'a', payload: 'b', user_id: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'body_invalid' },
    })
  })

  test('a session that does not exist, and one of another user, look the same', async () => {
    const { body } = await chat({ message: 'mine', user_id: 'owner' })
    const unknown = await problem({ message: 'hi', user_id: 'thief', session_id: 'nope' })
    const stolen = await problem({ message: 'hi', user_id: 'thief', session_id: body['session_id'] })
    expect(unknown).toMatchObject({ status: 404, body: { code: 'session_not_found' } })
    const { requestId: _, ...shown } = unknown.body
    expect(stolen.body).toMatchObject(shown)
  })

  test('an unknown address, and an address of private files', async () => {
    for (const route of ['/nope', '/chat/../config.ts', '/chat/%2e%2e/surface.ts']) {
      expect(await rig.get(route)).toMatchObject({ status: 404, body: { code: 'route_not_found' } })
    }
  })
})
