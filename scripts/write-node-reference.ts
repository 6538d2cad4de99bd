/** Writes docs/reference/nodes.md from the nodes of the engine. `--check` only says whether it is fresh. */
import { readFileSync, writeFileSync } from 'node:fs'
import { nodeReference } from './node-reference/page.ts'

const file = new URL('../docs/reference/nodes.md', import.meta.url)
const text = nodeReference()
if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('docs/reference/nodes.md is not fresh: run node scripts/write-node-reference.ts\n')
  process.exitCode = 1
}
