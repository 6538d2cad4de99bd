import { join } from 'node:path'
import { randomIds, systemClock, type HandleTurn, type Store, type TurnReply } from '@copse/contracts'
import { openStore } from '@copse/store'
import { openTemporaryStore } from '@copse/store/testing'
import { openLane, type Lane, type LaneOptions } from '../index.ts'
import { message } from './toy.ts'

type Options = Partial<Omit<LaneOptions, 'handle' | 'store'>>

export interface ToyLane {
  lane: Lane
  store: Store
  /** What is done outside, for `payingHandler`. */
  file: string
  /** Submits a message and waits for its reply. */
  say(messageId: string, alias?: string): Promise<TurnReply>
  /** As a restart of the process: drained, closed, opened again. */
  reopen(handle: HandleTurn, options?: Options): Promise<void>
  remove(): Promise<void>
}

/** A lane on a real store, with pauses short enough for tests. `through` puts something between the two. */
export async function openToyLane(
  handle: HandleTurn,
  options: Options = {},
  through: (store: Store) => Store = (store) => store,
): Promise<ToyLane> {
  const { clock = systemClock } = options
  const temporary = await openTemporaryStore({ clock })
  const { store, folder } = temporary
  const open = (on: Store, handler: HandleTurn, { limits, ...more }: Options) =>
    openLane({
      store: through(on),
      handle: handler,
      clock,
      ids: randomIds,
      limits: { retryMs: [1], repeatMs: [1, 1], stallMs: 5, ...limits },
      ...more,
    })
  const toy: ToyLane = {
    store,
    file: join(folder, 'outside'),
    lane: await open(store, handle, options),
    async say(messageId, alias) {
      const { inboxId } = await toy.lane.submit(message(messageId, alias))
      const reply = await toy.lane.settled(inboxId, 5000)
      if (!reply) throw new Error(`${messageId} did not come to rest`)
      return reply
    },
    async reopen(handler, again = options) {
      await toy.lane.drain(1000)
      await toy.store.close()
      toy.store = await openStore({ folder, clock })
      toy.lane = await open(toy.store, handler, again)
    },
    async remove() {
      await toy.lane.drain(1000)
      await toy.store.close()
      await temporary.remove()
    },
  }
  return toy
}
