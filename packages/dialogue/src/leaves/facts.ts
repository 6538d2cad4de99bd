import type { JsonObject } from '@copse/contracts'
import type { Cell } from '@copse/engine'
import { show } from '../say/template.ts'
import type { DialogueCtx } from './step.ts'

/**
 * What is known, as data for a model, for words or for a person: everything but private names and what was withdrawn. Of
 * that, `only` these.
 */
export function factsIn(cells: Readonly<Record<string, Cell>>, only?: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(cells)
      .filter(([key, cell]) => !key.startsWith('_') && !cell.unconfirmed && (only?.includes(key) ?? true))
      .map(([key, cell]) => [key, cell.value]),
  )
}

export const factsOf = (ctx: DialogueCtx, only?: readonly string[]): JsonObject => factsIn(ctx.cells(), only)

/** What the customer said, field by field, as one text. */
export function saidByCustomer(ctx: DialogueCtx): string {
  return Object.entries(ctx.cells())
    .filter(([, cell]) => cell.by === 'customer' && !cell.unconfirmed)
    .map(([, cell]) => show(cell.value))
    .join('. ')
}
