import type { DeliveryStore } from '@copse/contracts'
import type { Room } from '../room.ts'
import { createMoving } from '../moves.ts'
import { createByHand } from './by-hand.ts'
import { createOwnership } from './ownership.ts'
import { createReceipts } from './receipts.ts'

export function createDelivery(room: Room): DeliveryStore {
  const receipts = createReceipts(room)
  const move = createMoving(room)
  return {
    applyReceipts: (all) => room.commits.run(() => all.filter((receipt) => receipts.apply(receipt))),
    applyMoves: (moves) => room.commits.run(() => ({ refused: moves.filter((one) => !move(one)).length })),
    ...createOwnership(room),
    ...createByHand(room),
  }
}
