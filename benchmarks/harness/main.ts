import { fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Benchmarks, Result } from './benchmark.ts'
import { missing } from './claim.ts'
import { table } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
})
const folder = positionals[0]!
const { benchmarks } = (await import(`../${folder}/all.ts`)) as { benchmarks: Benchmarks }
const wanted = values.only?.split(',') ?? Object.keys(benchmarks)
const unknown = wanted.filter((id) => !Object.hasOwn(benchmarks, id))
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}; there is ${Object.keys(benchmarks).join(', ')}.\n`)
  process.exit(2)
}

const results: Result[] = []
for (const id of wanted) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${id} …`)
  results.push(...(await measureApart(id)))
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
process.stdout.write(values.json ? `${JSON.stringify({ results })}\n` : table(results))

/** In a process of its own: no benchmark meets what another one left behind in heap and compiler. */
async function measureApart(id: string): Promise<Result[]> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), [folder, id, values.quick ? 'quick' : 'full'], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve) => {
    let found: Result[] | undefined
    child.on('message', (message) => (found = message as Result[]))
    child.on('exit', (code) => resolve(found ?? [missing(id, `its process ended with code ${code}`)]))
  })
}
