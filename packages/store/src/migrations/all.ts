import { durableTurn } from './0001-durable-turn.ts'
import { deliveryAndTimers } from './0002-delivery-and-timers.ts'

/** In the order they are applied. A migration that was released is never changed. */
export const migrations: readonly string[] = [durableTurn, deliveryAndTimers]
