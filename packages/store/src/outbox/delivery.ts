import type { DeliveryStore } from '@copse/contracts'
import type { Room } from '../room.ts'
import { createByHand } from './by-hand.ts'
import { createOwnership } from './ownership.ts'
import { createReceipts } from './receipts.ts'

export function createDelivery(room: Room): DeliveryStore {
  const receipts = createReceipts(room)
  return {
    applyReceipts: (all) => room.commits.run(() => all.filter((receipt) => receipts.apply(receipt)).length),
    ...createOwnership(room),
    ...createByHand(room),
  }
}
