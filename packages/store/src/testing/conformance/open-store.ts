import type { Clock, Store } from '@copse/contracts'
import { afterEach, beforeEach } from 'vitest'

export interface OpenedStore {
  store: Store
  /** Closes the store and leaves nothing of it. */
  remove(): Promise<void>
}

/** Opens an empty store of the kind that is tested. */
export type OpenStore = (options?: { clock?: Clock }) => Promise<OpenedStore>

/** Each test has an empty store of its own, and nothing is left of it afterwards. */
export function eachWith(open: OpenStore, use: (store: Store) => void, clock?: Clock): void {
  let opened: OpenedStore
  beforeEach(async () => {
    opened = await open(clock === undefined ? {} : { clock })
    use(opened.store)
  })
  afterEach(() => opened.remove())
}
