import { Fault } from '@copse/contracts'
import type { Commits } from './commits.ts'

/** The same commits. Where the data themselves are broken, trying again does not help: that is said, and what does. */
export const namingDamage = (commits: Commits): Commits => ({
  run: (operation) => commits.run(operation).catch(rethrow),
  runSoon: (operation) => commits.runSoon(operation).catch(rethrow),
  refusal: () => commits.refusal(),
  close: () => commits.close(),
})

function rethrow(error: unknown): never {
  if (!(error instanceof Fault) || !/^SQLITE_(NOTADB|CORRUPT)/.test(error.detail ?? '')) throw error
  throw new Fault('data_damaged', { detail: error.detail ?? '', cause: error })
}
