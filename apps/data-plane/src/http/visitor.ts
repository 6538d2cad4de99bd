import { openSigned, sign } from '@copse/vault'

/** Who sits at the browser. `as`: the demo customer they speak as, in development only. */
export interface Visitor {
  id: string
  as?: string
}

/** Nobody can take another visitor's conversation by guessing an id. */
export const mintVisitor = (key: Uint8Array, visitor: Visitor): string => sign(key, visitor)

/** Undefined for anything that we did not sign. */
export const openVisitor = (key: Uint8Array, token: string): Visitor | undefined =>
  openSigned(key, token) as Visitor | undefined

/** How the lane knows a visitor: as the customer they speak as, else by an id that nobody can mistake for a customer's. */
export const aliasOf = ({ id, as }: Visitor): string => as ?? `visitor-${id}`
