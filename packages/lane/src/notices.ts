import { setTimeout as sleep } from 'node:timers/promises'
import {
  maxNoticeAgeMs,
  maxNoticeAttempts,
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
import type { LaneLimits } from './limits.ts'
import type { People } from './people.ts'
import type { Probe } from './probe.ts'
import { within } from './within.ts'

/** Carries notices to the tenant's own people: to each of their addresses, at least once. */
export interface Notices {
  /** There may be something to send. */
  poke(): void
  stop(): Promise<void>
}

/** The clock may jump, and a release may name another address: look again at least this often. */
const longestSleepMs = 30_000
const longestPauseMs = 3_600_000
const atOnce = 4

type Refusal = Extract<NoticeResult, { ok: false }>

export function createNotices(options: {
  store: Store
  people: People | undefined
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
  const sending = new Set<Promise<void>>()
  let claiming: Promise<void> | undefined
  let poked = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  function poke(): void {
    if (stopped || !people) return
    poked = true
    claiming ??= claim(people).finally(() => {
      claiming = undefined
      if (poked) poke()
    })
  }

  async function claim(asked: People): Promise<void> {
    poked = false
    clearTimeout(timer)
    try {
      const limit = atOnce - sending.size
      // Whoever frees a place looks again.
      if (limit <= 0) return
      // Nobody to tell yet: what there is waits for the next release.
      if (asked.notifiers().length === 0) return wake(longestSleepMs)
      const { notices, nextAt } = await store.claimNotices({ now: clock.now(), limit })
      if (notices.length > 0) probe('notice-claimed')
      for (const notice of notices) start(asked, notice)
      wake(nextAt === undefined ? longestSleepMs : Math.max(0, nextAt - clock.now()))
    } catch (error) {
      logger.error({ err: error }, 'the notices could not be read')
      wake(limits.stallMs)
    }
  }

  function wake(afterMs: number): void {
    if (!stopped) timer = setTimeout(poke, Math.min(afterMs, longestSleepMs))
  }

  function start(asked: People, claimed: ClaimedNotice): void {
    const carried = carry(asked, claimed).finally(() => {
      sending.delete(carried)
      poke()
    })
    sending.add(carried)
  }

  async function carry(asked: People, claimed: ClaimedNotice): Promise<void> {
    const settled = await deliver(asked, claimed)
    probe('notice-returned')
    for (;;) {
      try {
        await store.settleNotice(claimed.seq, settled)
        probe('notice-settled')
        return
      } catch (error) {
        logger.error({ err: error, seq: claimed.seq }, 'a notice could not be written down')
        if (stopped) return
        await sleep(limits.stallMs)
      }
    }
  }

  /** To every address that does not have it; what one refuses keeps it from none of the others. */
  async function deliver(asked: People, claimed: ClaimedNotice): Promise<NoticeSettled> {
    const { seq: _seq, attempt: _attempt, since: _since, reached: before, ...content } = claimed
    const { handoff, at } = content
    const notice: Notice = { ...content, tenant: asked.tenant(), link: asked.link({ id: handoff.id, at }) }
    const reached = [...before]
    const refusals: Refusal[] = []
    for (const notifier of asked.notifiers()) {
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
      const reason = error instanceof Error ? error.message : String(error)
      return { ok: false, retryable: true, code: 'threw', reason }
    }
  }

  function verdictOn(
    { key, attempt: tries, since }: ClaimedNotice,
    refusals: readonly Refusal[],
  ): { state: 'retry'; at: number; error: string } | { state: 'dead'; error: string } {
    const error = refusals.map(({ code, reason }) => `${code}: ${reason}`).join(' ')
    const pauses = refusals.map(({ retryAfterMs }) => retryAfterMs ?? backoffMs(tries))
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

  /** Anywhere up to the doubled pause. */
  const backoffMs = (tries: number): number =>
    Math.round(chance() * Math.min(limits.noticeRetryMs * 2 ** (tries - 1), longestPauseMs))

  return {
    poke,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await claiming
      await Promise.all(sending)
    },
  }
}
