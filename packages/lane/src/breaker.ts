import type { Clock } from '@copse/contracts'

export type BreakerState = 'closed' | 'open' | 'half_open'

/**
 * Per channel: after so many failures in a row, or when it says that it is down, nothing of it is tried until a pause is
 * over and one message has come through.
 */
export interface Breakers {
  /** How many messages of this channel may be claimed now. */
  room(channel: string): number
  /** When a channel that gives no room may be probed. */
  opensAt(channel: string): number | undefined
  /** A message of it is on its way. */
  begin(channel: string): void
  /** It took a message, or refused that one message: it works. */
  worked(channel: string): void
  /** Answers whether the message is not to blame: the channel is down, or was already. */
  failed(channel: string, isDown: boolean): boolean
  states(): ReadonlyMap<string, BreakerState>
}

interface Circuit {
  failures: number
  /** Of an open one. */
  probeAt: number | undefined
  isProbed: boolean
}

export function createBreakers(options: {
  clock: Clock
  failures: number
  pauseMs: number
  onChange: (channel: string, state: BreakerState) => void
}): Breakers {
  const circuits = new Map<string, Circuit>()
  const of = (channel: string): Circuit => {
    let circuit = circuits.get(channel)
    if (!circuit) circuits.set(channel, (circuit = { failures: 0, probeAt: undefined, isProbed: false }))
    return circuit
  }
  const stateOf = ({ probeAt, isProbed }: Circuit): BreakerState =>
    probeAt === undefined ? 'closed' : isProbed ? 'half_open' : 'open'

  return {
    room(channel) {
      const { probeAt, isProbed } = of(channel)
      if (probeAt === undefined) return Infinity
      const now = options.clock.now()
      // Further away than any pause: the clock was set back.
      return !isProbed && (now >= probeAt || probeAt > now + options.pauseMs) ? 1 : 0
    },
    opensAt(channel) {
      const { probeAt, isProbed } = of(channel)
      return isProbed ? undefined : probeAt
    },
    begin(channel) {
      const circuit = of(channel)
      if (circuit.probeAt === undefined || circuit.isProbed) return
      circuit.isProbed = true
      options.onChange(channel, 'half_open')
    },
    worked(channel) {
      const circuit = of(channel)
      circuit.failures = 0
      if (circuit.probeAt === undefined) return
      circuit.probeAt = undefined
      circuit.isProbed = false
      options.onChange(channel, 'closed')
    },
    failed(channel, isDown) {
      const circuit = of(channel)
      const wasOpen = circuit.probeAt !== undefined
      circuit.failures++
      if (!wasOpen && !isDown && circuit.failures < options.failures) return false
      circuit.probeAt = options.clock.now() + options.pauseMs
      circuit.isProbed = false
      options.onChange(channel, 'open')
      return wasOpen || isDown
    },
    states: () => new Map([...circuits].map(([channel, circuit]) => [channel, stateOf(circuit)])),
  }
}
