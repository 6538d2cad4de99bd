import { globalIn } from '@copse/dialogue'
import { nearest } from '@copse/procedures'
import type { Said } from './said.ts'

type Offer = Said['options'][number]

/** What a customer of a conversation has seen to tap so far: earlier messages stay on the screen. */
export interface Offers {
  add(options: readonly Offer[]): void
  /** A sentence about why a tap cannot be; undefined where it can. */
  against(tap: string): string | undefined
}

/** `openers` are what a button outside of the conversation may begin it with. */
export function createOffers(openers: readonly string[]): Offers {
  const seen = new Set<string>()
  let last: readonly Offer[] | undefined
  return {
    add(options) {
      last = options
      for (const { id } of options) seen.add(id)
    },
    against(tap) {
      if (seen.has(tap) || globalIn({ text: '', payload: tap })) return undefined
      if (last === undefined && openers.includes(tap)) return undefined
      return `nothing offers "${tap}" to tap. ${whatIs(last ?? [])}${meant(tap, seen)}`
    },
  }
}

const mostListed = 12

function whatIs(options: readonly Offer[]): string {
  if (options.length === 0) return 'Nothing is offered here: let the customer say it (`customer:`).'
  const listed = options.slice(0, mostListed).map(({ id, title }) => `${id} ("${title}")`)
  const more = options.length > mostListed ? ` and ${options.length - mostListed} more` : ''
  return `Offered here: ${listed.join(', ')}${more}.`
}

function meant(tap: string, seen: Iterable<string>): string {
  const name = nearest(tap, seen)
  return name === undefined ? '' : ` Did you mean "${name}"?`
}
