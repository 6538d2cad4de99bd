import type { JsonObject } from '@copse/contracts'
import { show } from '../say/template.ts'
import type { DialogueCtx } from './step.ts'

/** What is known, as data for a model or for words: everything but private names and what was withdrawn. */
export function factsOf(ctx: DialogueCtx): JsonObject {
  return Object.fromEntries(
    Object.entries(ctx.cells())
      .filter(([key, cell]) => !key.startsWith('_') && !cell.unconfirmed)
      .map(([key, cell]) => [key, cell.value]),
  )
}

/** What the customer said, field by field, as one text. */
export function saidByCustomer(ctx: DialogueCtx): string {
  return Object.entries(ctx.cells())
    .filter(([, cell]) => cell.by === 'customer' && !cell.unconfirmed)
    .map(([, cell]) => show(cell.value))
    .join('. ')
}
