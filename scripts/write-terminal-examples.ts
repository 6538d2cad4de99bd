/**
 * Puts what stands in the terminal into the guides: after `<!-- terminal: name -->` the next block is the example of that
 * name. `--check` only says whether they are fresh.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { showDesk } from './terminal-examples/desk.ts'
import { openNight } from './terminal-examples/night.ts'

const folder = new URL('../docs/guides/', import.meta.url)
const check = process.argv.includes('--check')
const night = await openNight()
await night.tenant.close()
const examples = { ...night.shown, ...(await showDesk()) }

const fill = (page: string): string =>
  page.replaceAll(/(<!-- terminal: ([\w-]+) -->\n)```text\n[\s\S]*?```/g, (_, mark: string, name: string) => {
    const shown = examples[name]
    if (shown === undefined) throw new Error(`There is no example "${name}": ${Object.keys(examples).join(', ')}.`)
    return `${mark}\`\`\`text\n${shown}\n\`\`\``
  })

for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
  const file = new URL(name, folder)
  const page = readFileSync(file, 'utf8')
  const fresh = fill(page)
  if (fresh === page) continue
  if (!check) writeFileSync(file, fresh)
  else {
    process.stderr.write(`docs/guides/${name} is not fresh: run node scripts/write-terminal-examples.ts\n`)
    process.exitCode = 1
  }
}
