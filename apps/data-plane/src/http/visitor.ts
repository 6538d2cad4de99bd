import { createHmac, timingSafeEqual } from 'node:crypto'
import { Buffer } from 'node:buffer'

/** Who sits at the browser. `as`: the demo customer they speak as, in development only. */
export interface Visitor {
  id: string
  as?: string
}

export interface VisitorTokens {
  mint(visitor: Visitor): string
  /** Undefined for anything that we did not sign. */
  verify(token: string | undefined): Visitor | undefined
}

/** `<payload>.<hmac>`: nobody can take another visitor's conversation by guessing an id. */
export function createVisitorTokens(key: Uint8Array): VisitorTokens {
  const sign = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest()
  return {
    mint(visitor) {
      const payload = Buffer.from(JSON.stringify(visitor)).toString('base64url')
      return `${payload}.${sign(payload).toString('base64url')}`
    },
    verify(token) {
      const [payload, mac, ...rest] = token?.split('.') ?? []
      if (!payload || !mac || rest.length > 0) return undefined
      const given = Buffer.from(mac, 'base64url')
      const right = sign(payload)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Visitor
    },
  }
}

/** How the lane knows a visitor: as the customer they speak as, else by an id that nobody can mistake for a customer's. */
export const aliasOf = ({ id, as }: Visitor): string => as ?? `visitor-${id}`
