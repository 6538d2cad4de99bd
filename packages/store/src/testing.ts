import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@copse/contracts'
import { openStore, type StoreOptions } from './open.ts'

export interface TemporaryStore {
  store: Store
  folder: string
  /** Closes the store and deletes its folder. */
  remove(): Promise<void>
}

/** A real store in a folder of its own, for tests. `inMemory`: nothing of it is written there. */
export async function openTemporaryStore({
  inMemory = false,
  ...options
}: Omit<StoreOptions, 'folder'> & { inMemory?: boolean } = {}): Promise<TemporaryStore> {
  const folder = mkdtempSync(join(tmpdir(), 'copse-store-'))
  const store = await openStore({ ...options, folder: inMemory ? ':memory:' : folder })
  return {
    store,
    folder,
    async remove() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
