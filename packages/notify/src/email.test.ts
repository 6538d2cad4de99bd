import type { NoticeResult } from '@copse/contracts'
import { startSmtpServer, type SmtpReply, type SmtpServer } from '@copse/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmailNotifier } from './email.ts'
import { notice } from './testing/notice.ts'

let server: SmtpServer
beforeAll(async () => {
  server = await startSmtpServer()
})
afterAll(() => server.close())

const never = new AbortController().signal
const notifier = (smtpUrl = server.url) =>
  createEmailNotifier({ smtpUrl, to: 'desk@shop.example', from: 'bot@shop.example', timeZone: 'Europe/Madrid' })
const last = () => server.mails.at(-1)!

describe('a mail', () => {
  test('is plain text with the link, the summary, what is known, what was done and what was promised', async () => {
    expect(await notifier().send(notice(), never)).toEqual({ ok: true })
    expect(last()).toMatchObject({ from: 'bot@shop.example', to: ['desk@shop.example'] })
    expect(last().text).toBe(`A customer needs a person.

Open the case: https://bot.example/handoffs/h-1?token=t

Customer: Ana (34600111222)
Channel: whatsapp
Since: 2026-01-15 13:00 (Europe/Madrid)

Why: The refund was refused.

Summary:
Ana wants 25 € back.

What is known:
- order: O-1
- amount: 25

Done so far:
- open_ticket
- refund: nobody knows whether it happened, please check

The customer was told:
- A colleague will get back to you.
`)
    expect(last().headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  test('has a name of its own that every try repeats, and tells other machines not to answer', async () => {
    await notifier().send(notice(), never)
    const { headers } = last()
    await notifier().send(notice(), never)
    expect(last().headers).toMatchObject({
      'message-id': headers['message-id'],
      'auto-submitted': 'auto-generated',
      date: headers['date'],
    })
    expect(headers['message-id']).toMatch(/^<[0-9a-f]{40}@shop\.example>$/)
    await notifier().send(notice({ key: 'h-1:again', again: true }), never)
    expect(last().headers['message-id']).not.toBe(headers['message-id'])
    expect(last().text).toContain('still waiting')
  })

  test('is what we wrote, whatever the customer is called', async () => {
    const name = 'Ana\r\nBcc: all@shop.example\r\n\r\nOpen the case: https://evil.example'
    const handoff = { id: 'h', reason: 'Why\r\nBcc: all@shop.example', summary: '.\r\n..dots', data: { a: 'b\nc: d' } }
    await notifier().send(notice({ customer: { alias: 'x', name }, tenant: 'T\nX-Evil: 1', handoff }), never)
    expect(last().to).toEqual(['desk@shop.example'])
    expect(Object.keys(last().headers)).not.toEqual(expect.arrayContaining(['bcc']))
    expect(Object.keys(last().headers)).not.toContain('x-evil')
    expect(last().text).toContain('Customer: Ana Bcc: all@shop.example Open the case: https://evil.example (x)')
    expect(last().text).toContain('- a: b\n  c: d')
    expect(last().text).toContain('.\n..dots')
  })
})

const answers: [SmtpReply, Partial<NoticeResult>][] = [
  [
    { at: 'RCPT', say: '550 no such mailbox' },
    { ok: false, retryable: false, code: 'smtp_550' },
  ],
  [
    { at: 'RCPT', say: '450 greylisted' },
    { ok: false, retryable: true, code: 'smtp_450' },
  ],
  [
    { at: 'MAIL', say: '421 busy' },
    { ok: false, retryable: true, code: 'smtp_421' },
  ],
  [
    { at: 'DATA', say: '554 spam' },
    { ok: false, retryable: false, code: 'smtp_554' },
  ],
  // A new credential mends it.
  [
    { at: 'AUTH', say: '535 wrong password' },
    { ok: false, retryable: true, code: 'smtp_535' },
  ],
]
test.each(answers)('%j comes to %j', async (reply, result) => {
  server.reply(reply)
  const withLogin = server.url.replace('//', '//user:hunter2hunter2@')
  const got = await notifier(withLogin).send(notice(), never)
  expect(got).toMatchObject(result)
  expect(JSON.stringify(got)).not.toContain('hunter2')
})

test('a server that says nothing is given up when the caller says so; one that is not there is tried again', async () => {
  server.reply({ at: 'MAIL', say: 'silent' })
  const result = await notifier().send(notice(), AbortSignal.timeout(50))
  expect(result).toMatchObject({ ok: false, retryable: true, code: 'timeout' })
  const gone = await startSmtpServer()
  await gone.close()
  expect(await notifier(gone.url).send(notice(), never)).toMatchObject({ ok: false, retryable: true })
})
