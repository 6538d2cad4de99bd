import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, ClaimedSend, Clock, Logger, Meter, SendResult, SendSettled, Store } from '@copse/contracts'
import type { LaneLimits } from './limits.ts'

/** Carries the outbox to push channels: in order per conversation, at least once. */
export interface Sender {
  /** There may be something to send. */
  poke(): void
  /** Claims nothing more; resolves when what is being sent is over. */
  stop(): Promise<void>
}

const longestPauseMs = 5 * 60_000
/** The clock may jump: look again at least this often. */
const longestSleepMs = 30_000

type SendingChannel = Channel & Required<Pick<Channel, 'send'>>
const isPush = (channel: Channel): channel is SendingChannel => channel.delivery === 'push' && 'send' in channel

export function createSender(options: {
  store: Store
  channels: () => ReadonlyMap<string, Channel>
  clock: Clock
  logger: Logger
  meter: Meter
  limits: LaneLimits
  /** Sends under way give up. */
  stop: AbortSignal
}): Sender {
  const { store, clock, logger, meter, limits } = options
  const pushing = (): string[] => [...options.channels().values()].filter(isPush).map(({ name }) => name)
  const sending = new Set<Promise<void>>()
  let claiming: Promise<void> | undefined
  let poked = false
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  function poke(): void {
    if (stopped || pushing().length === 0) return
    poked = true
    claiming ??= claim().finally(() => {
      claiming = undefined
      if (poked) poke()
    })
  }

  async function claim(): Promise<void> {
    poked = false
    clearTimeout(timer)
    const limit = limits.sends - sending.size
    if (limit <= 0) return
    try {
      const { sends, nextAt } = await store.claimSends({ channels: pushing(), now: clock.now(), limit })
      for (const send of sends) start(send)
      if (nextAt !== undefined) wake(Math.max(0, nextAt - clock.now()))
    } catch (error) {
      logger.error({ err: error }, 'the outbox could not be read')
      wake(limits.stallMs)
    }
  }

  function wake(afterMs: number): void {
    if (!stopped) timer = setTimeout(poke, Math.min(afterMs, longestSleepMs))
  }

  function start(send: ClaimedSend): void {
    const carried = carry(send).finally(() => {
      sending.delete(carried)
      poke()
    })
    sending.add(carried)
  }

  async function carry(send: ClaimedSend): Promise<void> {
    const settled = settledOf(send, await attempt(send))
    meter.count('outbox_sends_total', 1, { channel: send.channel, state: settled.state })
    if (settled.state !== 'delivered') logger.warn({ seq: send.seq, ...settled }, 'a message was not delivered')
    while (!(await save(send.seq, settled))) await sleep(limits.stallMs)
  }

  async function attempt({ seq, channel: name, alias, message }: ClaimedSend): Promise<SendResult> {
    const channel = options.channels().get(name)
    if (!channel || !isPush(channel))
      return { ok: false, retryable: true, code: 'no_channel', reason: `No channel is called ${name}.` }
    const signal = AbortSignal.any([options.stop, AbortSignal.timeout(limits.sendMs)])
    try {
      return await channel.send({ alias, key: String(seq) }, message, signal)
    } catch (error) {
      return {
        ok: false,
        retryable: true,
        code: 'threw',
        reason: error instanceof Error ? error.message : String(error),
      }
    }
  }

  function settledOf({ attempt }: ClaimedSend, result: SendResult): SendSettled {
    if (result.ok) return { state: 'delivered', providerId: result.providerId }
    const error = `${result.code}: ${result.reason}`
    if (!result.retryable || attempt >= limits.sendAttempts) return { state: 'dead', error }
    const pauseMs = result.retryAfterMs ?? Math.min(limits.sendRetryMs * 2 ** (attempt - 1), longestPauseMs)
    return { state: 'retry', at: clock.now() + pauseMs, error }
  }

  /** Until it is written down the message counts as being sent, and holds up its conversation. */
  async function save(seq: number, settled: SendSettled): Promise<boolean> {
    try {
      await store.settleSend(seq, settled)
      return true
    } catch (error) {
      logger.error({ err: error, seq }, 'a send could not be written down')
      return stopped
    }
  }

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
