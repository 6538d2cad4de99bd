import type { OperationManifest } from '@copse/contracts'
import type { z } from 'zod'

/** What authoring needs to know of a kind of connector, without its I/O. */
export interface ConnectorType {
  type: string
  description: string
  config: z.ZodType
  /** What keeps this type from performing an operation that a binding describes, one sentence each. */
  faults(operation: OperationManifest): string[]
  /** Operations that every binding of this type offers, besides those it describes. */
  operations: readonly OperationManifest[]
}

export const defineType = <const T extends ConnectorType>(type: T): T => type
