/**
 * Writes docs/reference/dmn-conformance.md from the conformance cases beside the repository. `--check` only says whether
 * it is fresh. Without the cases it does nothing, and says so.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { conformancePage, feelinAlone, ours, runFolder, type Folder } from '@copse/decisions/testing'

const cases = new URL('../../shared/fixtures/dmn-tck/', import.meta.url)
const page = new URL('../docs/reference/dmn-conformance.md', import.meta.url)

function readFolder(level: string, name: string): Folder {
  const folder = new URL(`${level}/${name}/`, cases)
  const files = new Map(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]))
  return { level, name, files }
}

if (existsSync(cases)) {
  const folders = readdirSync(cases).flatMap((level) =>
    readdirSync(new URL(`${level}/`, cases)).map((name) => readFolder(level, name)),
  )
  const results = [ours, feelinAlone].map((engine) => folders.map((folder) => runFolder(folder, engine)))
  const text = conformancePage(results[0] ?? [], results[1] ?? [])
  if (!process.argv.includes('--check')) writeFileSync(page, text)
  else if (readFileSync(page, 'utf8') !== text) {
    process.stderr.write('docs/reference/dmn-conformance.md is not fresh: run node scripts/write-dmn-conformance.ts\n')
    process.exitCode = 1
  }
} else process.stdout.write('The conformance cases are not beside the repository: nothing was measured.\n')
