import type { Links } from '@copse/contracts'
import { mintLink } from '@copse/vault'

/** A case that nobody closed by then is looked for elsewhere. */
const handoffMs = 7 * 24 * 3_600_000

export interface SignedLinks extends Links {
  /** Opens the case until it is closed, at most for a week. */
  handoff(handoff: { id: string; at: number }): string
}

/** Addresses of this process that open one thing, for whoever holds them. */
export function createLinks({ key, publicUrl }: { key: Uint8Array; publicUrl: () => string }): SignedLinks {
  const address = (room: string, id: string, token: string): string => {
    const base = publicUrl().replace(/\/+$/, '')
    return `${base}/${room}/${encodeURIComponent(id)}?token=${token}`
  }
  return {
    handoff: ({ id, at }) =>
      address('handoffs', id, mintLink(key, { kind: 'handoff', id, until: at + handoffMs, data: {} })),
    mint: ({ kind, id, until, ...carried }) => {
      return address(`${kind}s`, id, mintLink(key, { kind, id, until, data: carried }))
    },
  }
}
