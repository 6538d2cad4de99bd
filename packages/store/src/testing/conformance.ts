import { describe } from 'vitest'
import { backlog } from './conformance/backlog.ts'
import { bursts } from './conformance/bursts.ts'
import { delivery } from './conformance/delivery.ts'
import { forgetting } from './conformance/forgetting.ts'
import { inbox } from './conformance/inbox.ts'
import { ledger } from './conformance/ledger.ts'
import { memories } from './conformance/memories.ts'
import { moves } from './conformance/moves.ts'
import type { OpenStore } from './conformance/open-store.ts'
import { outbox } from './conformance/outbox.ts'
import { pruning } from './conformance/pruning.ts'
import { timers } from './conformance/timers.ts'
import { turns } from './conformance/turns.ts'
import { usage } from './conformance/usage.ts'

const concerns = [
  inbox,
  bursts,
  turns,
  ledger,
  outbox,
  delivery,
  moves,
  timers,
  backlog,
  pruning,
  forgetting,
  memories,
  usage,
]

/** What every store must show, of whatever it is made. That it outlives its process is for the store's own tests. */
export function testStore(name: string, open: OpenStore): void {
  describe(name, () => {
    for (const concern of concerns) concern(open)
  })
}
