import {
  maxNoticeAgeMs,
  maxNoticeAttempts,
  reasonOf,
  type ClaimedNotice,
  type Clock,
  type Logger,
  type Meter,
  type Notice,
  type NoticeResult,
  type NoticeSettled,
  type Notifier,
  type Store,
} from '@copse/contracts'
import { backoffMs } from './backoff.ts'
import { createCarrier, type Carrier } from './carrier.ts'
import type { LaneLimits } from './limits.ts'
import type { People } from './people.ts'
import type { Probe } from './probe.ts'
import { within } from './within.ts'

/** Carries notices to the tenant's own people: to each of their addresses, at least once. */
export type Notices = Pick<Carrier<ClaimedNotice>, 'poke' | 'stop'>

const longestPauseMs = 3_600_000

type Refusal = Extract<NoticeResult, { ok: false }>

export function createNotices(options: {
  store: Store
  people: People
  clock: Clock
  /** In [0, 1). */
  chance: () => number
  logger: Logger
  meter: Meter
  limits: LaneLimits
  probe: Probe
  stop: AbortSignal
}): Notices {
  const { store, people, clock, chance, logger, meter, limits, probe } = options
  const carrier = createCarrier({
    ...options,
    claim,
    carry,
    settle: (seq, settled) => store.settleNotice(seq, settled).then(() => probe('notice-settled')),
    lines: { unread: 'the notices could not be read', unsettled: 'a notice could not be written down' },
    atOnce: 4,
  })

  async function claim(): Promise<number | undefined> {
    const limit = carrier.room()
    if (limit <= 0) return undefined
    // Nobody to tell yet: what there is waits for the next release.
    if (people.notifiers().length === 0) return Infinity
    const { notices, nextAt = Infinity } = await store.claimNotices({ now: clock.now(), limit })
    if (notices.length > 0) probe('notice-claimed')
    for (const notice of notices) carrier.begin(notice)
    return nextAt
  }

  async function carry(claimed: ClaimedNotice): Promise<NoticeSettled> {
    const settled = await deliver(claimed)
    probe('notice-returned')
    return settled
  }

  /** To every address that does not have it; what one refuses keeps it from none of the others. */
  async function deliver(claimed: ClaimedNotice): Promise<NoticeSettled> {
    const { seq: _seq, attempt: _attempt, since: _since, reached: before, ...content } = claimed
    const { handoff, at } = content
    const notice: Notice = { ...content, tenant: people.tenant(), link: people.link({ id: handoff.id, at }) }
    const reached = [...before]
    const refusals: Refusal[] = []
    for (const notifier of people.notifiers()) {
      if (reached.includes(notifier.name)) continue
      const result = await attempt(notifier, notice)
      meter.count('notices_total', 1, { target: notifier.name, state: result.ok ? 'sent' : 'refused' })
      if (result.ok) reached.push(notifier.name)
      else refusals.push(result)
    }
    if (refusals.length === 0) return { state: 'sent', reached }
    return { reached, ...verdictOn(claimed, refusals) }
  }

  async function attempt(notifier: Notifier, notice: Notice): Promise<NoticeResult> {
    try {
      return await within(limits.noticeMs, options.stop, (signal) => notifier.send(notice, signal))
    } catch (error) {
      return { ok: false, retryable: true, code: 'threw', reason: reasonOf(error) }
    }
  }

  function verdictOn(
    { key, attempt: tries, since }: ClaimedNotice,
    refusals: readonly Refusal[],
  ): { state: 'retry'; at: number; error: string } | { state: 'dead'; error: string } {
    const error = refusals.map(({ code, reason }) => `${code}: ${reason}`).join(' ')
    const pauses = refusals.map(
      ({ retryAfterMs }) => retryAfterMs ?? backoffMs(chance, limits.noticeRetryMs, longestPauseMs, tries),
    )
    const at = clock.now() + Math.max(...pauses)
    const isOver = tries >= maxNoticeAttempts || at - since > maxNoticeAgeMs
    if (isOver || !refusals.some(({ retryable }) => retryable)) {
      meter.count('notices_dead_total')
      logger.error({ notice: key, error }, 'the people of the tenant were not reached')
      return { state: 'dead', error }
    }
    logger.warn({ notice: key, error, tries }, 'a notice was not taken')
    return { state: 'retry', at, error }
  }

  return carrier
}
