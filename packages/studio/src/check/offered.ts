import type { LeafConfig } from '@copse/contracts'
import type { NodeSpec } from '@copse/engine'
import { isOf, leavesIn } from './leaf.ts'

/** Something to tap that a stage sends: a button, a row, or whatever an operation finds. */
export interface Offered {
  /** What a tap sends, as far as the author wrote it. */
  id: string
  /** Else it goes on with what is only known in the conversation. */
  isWhole: boolean
  title: string
  /** One of a list that may be empty. */
  isFound: boolean
}

/** In order. Lines that are only read are nothing to tap. */
export const offeredBy = ({ id, node }: { id: string; node: NodeSpec }): Offered[] =>
  leavesIn(id, node).flatMap((leaf): Offered[] => (isOf(leaf, 'offer') ? offeredIn(leaf.config) : []))

function offeredIn({ options, lines, prefix = '' }: LeafConfig<'offer'>): Offered[] {
  if (options === undefined) return lines ? [] : [{ id: prefix, isWhole: false, title: '', isFound: true }]
  return options.map(({ id, title }) => {
    const at = id.indexOf('{{')
    return { id: at < 0 ? id : id.slice(0, at), isWhole: at < 0, title, isFound: false }
  })
}
