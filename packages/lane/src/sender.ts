import {
  reasonOf,
  type Channel,
  type ClaimedSend,
  type Clock,
  type Logger,
  type Meter,
  type SendResult,
  type SendSettled,
  type Store,
} from '@copse/contracts'
import { createBreakers, type Breakers } from './breaker.ts'
import { createCarrier, type Carrier } from './carrier.ts'
import type { LaneLimits } from './limits.ts'
import type { Probe } from './probe.ts'
import { createVerdict } from './send-verdict.ts'
import { within } from './within.ts'

/** Carries the outbox to push channels: in order per conversation, at least once. */
export interface Sender extends Pick<Carrier<ClaimedSend>, 'poke' | 'stop'> {
  /** A channel that took messages said afterwards that it does not work. */
  down(channel: string): void
  states: Breakers['states']
}

type SendingChannel = Channel & Required<Pick<Channel, 'send'>>
const isPush = (channel: Channel): channel is SendingChannel => channel.delivery === 'push' && 'send' in channel

export function createSender(options: {
  store: Store
  channels: () => ReadonlyMap<string, Channel>
  clock: Clock
  chance: () => number
  logger: Logger
  meter: Meter
  limits: LaneLimits
  probe: Probe
  /** Sends under way give up. */
  stop: AbortSignal
}): Sender {
  const { store, clock, logger, meter, limits, probe } = options
  const breakers = createBreakers({
    clock,
    failures: limits.breakerFailures,
    pauseMs: limits.breakerMs,
    onChange(channel, state) {
      meter.count('outbox_breaker_total', 1, { channel, state })
      logger.warn({ channel, state }, 'the breaker of a channel changed')
    },
  })
  const settledOf = createVerdict({ ...options, breakers })
  const pushing = (): SendingChannel[] => [...options.channels().values()].filter(isPush)
  const carrier = createCarrier({
    ...options,
    claim,
    carry,
    settle: (seq, settled) => store.settleSend(seq, settled).then(() => probe('send-settled')),
    lines: { unread: 'the outbox could not be read', unsettled: 'a send could not be written down' },
    atOnce: limits.sends,
  })

  async function claim(): Promise<number | undefined> {
    const channels = pushing()
    const healthy = channels.filter(({ name }) => breakers.room(name) === Infinity)
    const probed = channels.filter(({ name }) => breakers.room(name) === 1)
    const due = [await claimOn(healthy, Infinity)]
    for (const channel of probed) due.push(await claimOn([channel], 1))
    // One that may be tried already, and has nothing due, is looked at when it has.
    for (const { name } of channels) if (breakers.room(name) === 0) due.push(breakers.opensAt(name))
    const times = due.filter((at) => at !== undefined)
    return times.length > 0 ? Math.min(...times) : undefined
  }

  /** Answers when there will be more to send on them. */
  async function claimOn(channels: readonly SendingChannel[], most: number): Promise<number | undefined> {
    const limit = Math.min(most, carrier.room())
    if (limit <= 0 || channels.length === 0) return undefined
    const windows = channels.flatMap(({ name, limits: { windowMs } }) =>
      windowMs === undefined ? [] : [[name, windowMs] as const],
    )
    const { sends, withheld, nextAt } = await store.claimSends({
      channels: channels.map(({ name }) => name),
      now: clock.now(),
      limit,
      windows: new Map(windows),
      beyondWindow: new Set(channels.flatMap(({ name, beyondWindow }) => (beyondWindow ? [name] : []))),
      maxAgeMs: limits.sendAgeMs,
    })
    for (const [reason, count] of Object.entries(withheld)) {
      meter.count('outbox_withheld_total', count, { reason })
      logger.warn({ reason, count }, 'messages were not sent')
    }
    if (sends.length > 0) probe('send-claimed')
    for (const send of sends) {
      breakers.begin(send.channel)
      carrier.begin(send)
    }
    // A probe is on its way: what comes of it says when to look again.
    return most === 1 && sends.length > 0 ? undefined : nextAt
  }

  async function carry(send: ClaimedSend): Promise<SendSettled> {
    const result = await attempt(send)
    probe('send-returned')
    const settled = settledOf(send, result)
    meter.count('outbox_sends_total', 1, { channel: send.channel, state: settled.state })
    if (settled.state !== 'delivered') logger.warn({ seq: send.seq, ...settled }, 'a message was not delivered')
    return settled
  }

  async function attempt({ seq, channel: name, alias, message, beyondWindow }: ClaimedSend): Promise<SendResult> {
    const channel = options.channels().get(name)
    if (!channel || !isPush(channel))
      return { ok: false, retryable: true, code: 'no_channel', reason: `No channel is called ${name}.` }
    try {
      const to = { alias, key: String(seq), ...(beyondWindow ? { beyondWindow } : {}) }
      return await within(limits.sendMs, options.stop, (signal) => channel.send(to, message, signal))
    } catch (error) {
      return { ok: false, retryable: true, code: 'threw', reason: reasonOf(error) }
    }
  }

  return {
    poke() {
      if (pushing().length > 0) carrier.poke()
    },
    down: (channel) => void breakers.failed(channel, true),
    states: () => breakers.states(),
    stop: () => carrier.stop(),
  }
}
