import type { Compare, Operand, Truth } from '../condition.ts'
import { compareDates, isoDate, type IsoDate } from './dates.ts'
import type { Holds } from './equal.ts'
import { numeric } from './numeric.ts'
import { byText, isScalar, order } from './scalars.ts'
import { fold } from './words.ts'

export type Order = Exclude<Compare['is'], '==' | '!='>

/** What each sign answers below the operand, level with it, and above it. */
interface Outcomes {
  readonly below: boolean
  readonly level: boolean
  readonly above: boolean
}

const outcomesOf: Record<Order, Outcomes> = {
  '<': { below: true, level: false, above: false },
  '<=': { below: true, level: true, above: false },
  '>': { below: false, level: false, above: true },
  '>=': { below: false, level: true, above: true },
}

export const isOrder = (is: unknown): is is Order => typeof is === 'string' && Object.hasOwn(outcomesOf, is)

/** Unknown where there is no order, see `scalars.ts`. A closure for each kind of operand. */
export function ordered(is: Order, operand: Operand): Holds {
  const outcomes = outcomesOf[is]
  if (typeof operand === 'object') return orderedByField(operand.path, outcomes)
  if (typeof operand === 'number') return orderedByNumber(operand, outcomes)
  // True and false are refused before they come here.
  if (typeof operand === 'boolean') return () => undefined
  const date = isoDate(operand)
  return date ? orderedByDate(date, outcomes) : orderedByText(fold(operand), outcomes)
}

function settled(found: number | undefined, { below, level, above }: Outcomes): Truth {
  if (found === undefined) return undefined
  return found < 0 ? below : found > 0 ? above : level
}

/** Only a number literal makes text count as the number that it spells. */
function orderedByNumber(value: number, outcomes: Outcomes): Holds {
  const { below, level, above } = outcomes
  return (actual) => {
    if (typeof actual === 'number') {
      if (!Number.isFinite(actual)) return undefined
      return actual < value ? below : actual > value ? above : level
    }
    const spelled = typeof actual === 'string' ? numeric(actual) : undefined
    return spelled === undefined ? undefined : settled(byNumber(spelled, value), outcomes)
  }
}

const byNumber = (left: number, right: number): number => (left < right ? -1 : left > right ? 1 : 0)

function orderedByDate(date: IsoDate, outcomes: Outcomes): Holds {
  return (actual, env) => {
    const other = typeof actual === 'string' ? isoDate(actual) : undefined
    return other && settled(compareDates(other, date, env), outcomes)
  }
}

function orderedByText(folded: string, outcomes: Outcomes): Holds {
  return (actual) => {
    if (typeof actual !== 'string' || isoDate(actual)) return undefined
    return settled(byText(fold(actual), folded), outcomes)
  }
}

function orderedByField(path: string, outcomes: Outcomes): Holds {
  return (actual, env) => {
    const other = env.read(path)
    return isScalar(actual) && isScalar(other) ? settled(order(actual, other, env), outcomes) : undefined
  }
}
