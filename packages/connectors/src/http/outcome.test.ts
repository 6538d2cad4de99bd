import { assert, constant, integer, json, oneof, property, record, boolean, string, type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exchange } from './exchange.ts'
import { outcomeOf } from './outcome.ts'

const answer = (status: number, body: unknown): Exchange => ({
  answered: true,
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const short = (came: Exchange) =>
  (['read', 'idempotent'] as const).map((effect) => {
    const outcome = outcomeOf(came, effect)
    return 'code' in outcome ? `${outcome.status} ${outcome.code}` : outcome.status
  })

describe('what an answer means to a read and to a write', () => {
  it.each([
    ['an object', answer(200, { total: 1 }), ['ok', 'ok']],
    ['nothing, which is fine', answer(204, ''), ['ok', 'ok']],
    ['found: false', answer(200, { found: false }), ['no not_found', 'no not_found']],
    ['ok: false with a code', answer(200, { ok: false, code: 'too_late' }), ['no too_late', 'no too_late']],
    ['ok: false without one', answer(200, { ok: false }), ['no refused', 'no refused']],
    ['404 with an object', answer(404, { title: 'No' }), ['no not_found', 'no not_found']],
    ['409 with an object', answer(409, { code: 'taken' }), ['no taken', 'no taken']],
    ['422 with an object', answer(422, { detail: 'No' }), ['no refused', 'no refused']],
    ['404 from a wrong address', answer(404, '<html>'), ['unavailable rejected', 'unavailable rejected']],
    ['404 with nothing', answer(404, ''), ['unavailable rejected', 'unavailable rejected']],
    ['401', answer(401, {}), ['unavailable rejected', 'unavailable rejected']],
    ['429', answer(429, {}), ['unavailable too_busy', 'unavailable too_busy']],
    ['500', answer(500, {}), ['unavailable server_error', 'uncertain server_error']],
    ['503', answer(503, ''), ['unavailable server_error', 'uncertain server_error']],
    ['not done', answer(503, { not_done: true }), ['unavailable server_error', 'unavailable server_error']],
    ['a redirect', answer(302, ''), ['unavailable redirected', 'uncertain redirected']],
    ['no JSON', answer(200, 'fine!'), ['unavailable answer_unreadable', 'uncertain answer_unreadable']],
    ['a list', answer(200, [1]), ['unavailable answer_unreadable', 'uncertain answer_unreadable']],
  ])('%s', (_, came, expected) => {
    expect(short(came)).toEqual(expected)
  })

  it('carries the words of a refusal, and all that came with it', () => {
    const body = { ok: false, code: 'already', reason: 'Done before.', reference: 'R1' }
    expect(outcomeOf(answer(200, body), 'idempotent')).toEqual({
      status: 'no',
      code: 'already',
      reason: 'Done before.',
      data: body,
    })
  })

  it('says when the business had done it before', () => {
    expect(outcomeOf(answer(200, { ok: true, repeated: true }), 'idempotent')).toMatchObject({ repeated: true })
  })

  it('never calls a read uncertain, nor a write certain once it was sent and nothing usable came back', () => {
    const exchange: Arbitrary<Exchange> = oneof(
      record({
        answered: constant(true as const),
        status: integer({ min: 100, max: 599 }),
        body: oneof(json(), string()),
      }),
      record({
        answered: constant(false as const),
        sent: boolean(),
        code: constant('connection_cut' as const),
        reason: string(),
      }),
    )
    assert(
      property(exchange, (came) => {
        expect(outcomeOf(came, 'read').status).not.toBe('uncertain')
        const written = outcomeOf(came, 'at-most-once').status
        if (!came.answered) expect(written).toBe(came.sent ? 'uncertain' : 'unavailable')
        else if (came.status < 400) expect(written).not.toBe('unavailable')
      }),
    )
  })
})
