import type { OperationManifest } from '@copse/contracts'
import type { z } from 'zod'

/** What is known of a tenant when a binding is checked for it. */
export interface TenantFacts {
  /** Its profile says when it is open. */
  hasHours: boolean
}

/** What authoring needs to know of a kind of connector, without its I/O. */
export interface ConnectorType {
  type: string
  description: string
  config: z.ZodType
  /** What a valid config holds that no new one should, one sentence each; what was released with it goes on. */
  regrets?: (config: unknown) => string[]
  /** What its credential is, if it takes one. */
  credential?: z.ZodType
  /** What a valid config leaves open that the tenant's profile does not say either, one sentence each. */
  misses?: (config: unknown, tenant: TenantFacts) => string[]
  /** What keeps this type from performing an operation that a binding describes, one sentence each. */
  faults(operation: OperationManifest): string[]
  /** Operations that every binding of this type offers, besides those it describes. */
  operations: readonly OperationManifest[]
}

export const defineType = <const T extends ConnectorType>(type: T): T => type
