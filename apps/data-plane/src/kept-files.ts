import type { Clock, Store } from '@copse/contracts'
import { keptIn } from '@copse/connectors'
import { copyBeside, verifyKept } from '@copse/store'

/** The store, looked after together with what connectors keep in the same folder, and with what the process runs on. */
export const withKeptFiles = (store: Store, folder: string, clock: Clock): Store => ({
  ...store,
  backup: (to) => store.backup(to, () => copyBeside({ folder, kept: keptIn(folder), copy: to, clock })),
  verify: async () =>
    verifyKept(
      keptIn(folder).map(({ file }) => file),
      await store.verify(),
    ),
  async forget(contactId, ended) {
    // The store forgets last, so that a try that fails in between can be repeated.
    const cleared = keptIn(folder).map((kept) => kept.forget(contactId))
    const report = await store.forget(contactId, ended)
    return { ...report, cleared: Object.assign({}, ...cleared, report.cleared) as Record<string, number> }
  },
})
