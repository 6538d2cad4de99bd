import { createHash } from 'node:crypto'
import type { Notice, NoticeResult, Notifier } from '@copse/contracts'
import type { Transporter } from 'nodemailer'
import { letterOf } from './letter.ts'

export interface EmailOptions {
  smtpUrl: string
  to: string
  from: string
  /** Of the times in the mail. */
  timeZone: string
  timeoutMs?: number
}

/** Sends the notice as a text mail. The mailer is loaded with the first one: most tenants never need it. */
export function createEmailNotifier({ smtpUrl, to, from, timeZone, timeoutMs = 10_000 }: EmailOptions): Notifier {
  async function connect(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer')
    return createTransport({
      url: smtpUrl,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  return {
    name: 'email',
    async send(notice, signal) {
      const { promise: gaveUp, reject } = Promise.withResolvers<never>()
      const onAbort = (): void => reject(Object.assign(new Error('No answer in time.'), { code: 'timeout' }))
      const transport = await connect()
      // While the mailer is loaded there is nobody yet to hear of it.
      if (signal.aborted) return refused({ code: 'timeout' })
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        await Promise.race([transport.sendMail(mailOf(notice, { to, from, timeZone })), gaveUp])
        return { ok: true }
      } catch (error) {
        return refused(error)
      } finally {
        signal.removeEventListener('abort', onAbort)
        transport.close()
      }
    },
  }
}

const mailOf = (notice: Notice, { to, from, timeZone }: Pick<EmailOptions, 'to' | 'from' | 'timeZone'>) => ({
  ...letterOf(notice, timeZone),
  to,
  from,
  // A mail that comes twice is one to whoever reads it.
  messageId: `<${createHash('sha256').update(notice.key).digest('hex').slice(0, 40)}@${from.split('@').at(-1) ?? ''}>`,
  date: new Date(notice.at),
  textEncoding: 'quoted-printable' as const,
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
})

/** What a server refuses for good is a 5xx. A login that it refuses is mended by a new credential, so that waits. */
function refused(error: unknown): NoticeResult {
  const { responseCode, code, command } = error as { responseCode?: number; code?: string; command?: string }
  const permanent = responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH'
  return {
    ok: false,
    retryable: !permanent,
    code: responseCode === undefined ? (code ?? 'failed').toLowerCase() : `smtp_${responseCode}`,
    reason:
      command === undefined ? 'The mail server did not take it.' : `The mail server did not take it at ${command}.`,
  }
}
