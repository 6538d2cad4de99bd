import { createHmac } from 'node:crypto'
import type { Clock, Notice, NoticeResult, Notifier } from '@copse/contracts'

/** Their own fault is not mended by waiting: the body as such was refused, or nobody will be there again. */
const final = new Set([400, 410, 413, 415, 422])

const longestPauseMs = 3_600_000

/**
 * Posts the notice as JSON. `copse-signature` is `v1=` and the HMAC-SHA256 of `<copse-timestamp>.<body>`, in hex;
 * `idempotency-key` is the same in every try.
 */
export function createWebhookNotifier(options: { url: string; secret: string; clock: Clock }): Notifier {
  const { url, secret, clock } = options
  return {
    name: 'webhook',
    async send(notice, signal) {
      const body = JSON.stringify(bodyOf(notice))
      const timestamp = String(Math.floor(clock.now() / 1000))
      try {
        const response = await fetch(url, {
          method: 'POST',
          // A redirect would carry what customers said to an address that nobody named.
          redirect: 'manual',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'copse',
            'idempotency-key': notice.key,
            'copse-timestamp': timestamp,
            'copse-signature': `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
          },
          body,
          signal,
        })
        await response.body?.cancel()
        return resultOf(response, clock.now())
      } catch (error) {
        return { ok: false, retryable: true, code: signal.aborted ? 'timeout' : 'unreachable', reason: causeOf(error) }
      }
    },
  }
}

const bodyOf = ({ key, again, handoff, at, ...rest }: Notice) => ({
  type: again ? 'handoff.waiting' : 'handoff.created',
  id: key,
  at: new Date(at).toISOString(),
  handoff,
  ...rest,
})

function resultOf({ status, headers }: Response, now: number): NoticeResult {
  if (status >= 200 && status < 300) return { ok: true }
  const isRedirect = status >= 300 && status < 400
  const retryAfterMs = pauseIn(headers.get('retry-after'), now)
  return {
    ok: false,
    retryable: !isRedirect && !final.has(status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    code: `http_${status}`,
    reason: isRedirect ? 'It answered with a redirect, which is not followed.' : 'It did not take the notice.',
  }
}

/** Seconds or a date. */
function pauseIn(text: string | null, now: number): number | undefined {
  if (text === null || text === '') return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestPauseMs)
}

/** What failed is in the cause; the address, which may hold a secret, is in neither. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: unknown }).code
  return typeof code === 'string' ? code : 'No answer.'
}
