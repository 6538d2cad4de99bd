import { durableTurn } from './0001-durable-turn.ts'
import { deliveryAndTimers } from './0002-delivery-and-timers.ts'
import { care } from './0003-care.ts'
import { fewerIndexes } from './0004-fewer-indexes.ts'
import { fewOfMany } from './0005-few-of-many.ts'

/** In the order they are applied. A migration that was released is never changed. */
export const migrations: readonly string[] = [durableTurn, deliveryAndTimers, care, fewerIndexes, fewOfMany]
