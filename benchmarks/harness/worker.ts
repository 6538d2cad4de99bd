/** One benchmark of a folder; its results go to the parent. */
import type { Benchmarks, Result } from './benchmark.ts'
import { missing } from './claim.ts'

const [folder, id, length] = process.argv.slice(2) as [string, string, 'quick' | 'full']
const found = await results()
// A peer that leaves timers or threads behind must not hold the run up.
process.send!(found, undefined, undefined, () => process.exit(0))

async function results(): Promise<Result[]> {
  try {
    const { benchmarks } = (await import(`../${folder}/all.ts`)) as { benchmarks: Benchmarks }
    const benchmark = await benchmarks[id]!()
    return await benchmark.measure({ quick: length === 'quick' })
  } catch (error) {
    process.stderr.write(`${id}: ${error instanceof Error ? error.stack : String(error)}\n`)
    return [missing(id, error instanceof Error ? error.message : String(error))]
  }
}
