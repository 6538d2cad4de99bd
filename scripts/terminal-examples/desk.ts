import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { readConfig } from '../../apps/cli/src/config.ts'
import { run } from '../../apps/cli/src/run.ts'

const root = new URL('../../', import.meta.url).pathname
const example = path.join(root, 'examples/order-status')
const procedure = 'order-status.procedure.yaml'

/** What an author sees in the terminal, in a folder with a procedure and what stands beside it. */
export async function showDesk(): Promise<Record<string, string>> {
  const home = await mkdtemp(path.join(tmpdir(), 'copse-desk-'))
  const here = process.cwd()
  try {
    await cp(example, home, { recursive: true })
    process.chdir(home)
    const played = await play()
    const broken = await checkBroken()
    process.chdir(root)
    return { ...played, 'desk-check-flow': broken, 'desk-check': await copse(['check', 'procedures/']) }
  } finally {
    process.chdir(here)
    await rm(home, { recursive: true })
  }
}

async function play(): Promise<Record<string, string>> {
  const shown: Record<string, string> = {}
  shown['desk-ingest'] = await copse(['ingest', 'sop.txt', '--out', 'draft.procedure.yaml'])
  // The first line is the way to the schema from here.
  const [, ...draft] = (await readFile('draft.procedure.yaml', 'utf8')).trimEnd().split('\n')
  shown['desk-draft'] = ['$ tail -n +2 draft.procedure.yaml', ...draft].join('\n')
  await rm('draft.procedure.yaml')

  shown['desk-tree'] = await copse(['tree', procedure])
  shown['desk-test'] = await copse(['test'])
  shown['desk-generate'] = await generate()
  shown['desk-chat'] = await copse(['chat', procedure], ['Where is my order ORD-123?', '2', '/data', '/quit'])

  await edit('order-status.scenarios.yaml', 'contains: everything all right', 'contains: Is it broken?')
  shown['desk-simulate'] = await copse(['simulate', 'order-status.scenarios.yaml'])

  await cp(procedure, 'after.yaml')
  await edit('after.yaml', 'version: "1"', 'version: "2"')
  await edit('after.yaml', 'days_since_delivery <= 14', 'days_since_delivery <= 30')
  await edit('after.yaml', 'last two weeks', 'last month')
  await edit('after.yaml', 'next_step: handoff', 'next_step: apologise')
  await edit('after.yaml', '    - id: not_found', `${apology}\n    - id: not_found`)
  shown['desk-diff'] = await copse(['diff', procedure, 'after.yaml'])

  await edit(procedure, 'on_success: tell', 'on_success: tel')
  await edit(procedure, 'order_data.days_since_delivery <= 14', 'order_data.days_since_delivery =< 14')
  shown['desk-compile'] = await copse(['compile', procedure])
  return shown
}

/** Written, looked at, and taken away again. */
async function generate(): Promise<string> {
  const file = 'order-status.generated.scenarios.yaml'
  const [written, played] = [await copse(['test', '--generate']), await copse(['test'])]
  const head = (await readFile(file, 'utf8')).split('\n').slice(0, 16)
  await rm(file)
  return [written, '', `$ head -n 16 ${file}`, ...head, '', played].join('\n')
}

/** The hairdresser, without what is done when a day is full. */
async function checkBroken(): Promise<string> {
  const flow = 'hairdresser.flow.yaml'
  await cp(path.join(root, 'procedures', flow), flow)
  await edit(flow, '        - {always: true, condition: data.slots.count == 0, target: DAY}\n', '')
  await edit(flow, '      fallback: HOUR\n', '')
  return await copse(['check', flow])
}

const apology = `    - id: apologise
      action: inform
      say: {en: I am sorry to hear that.}
      next_step: handoff
`

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  if (!text.includes(from)) throw new Error(`There is no "${from}" in ${file}.`)
  await writeFile(file, text.replace(from, to))
}

/** What stands in the terminal after typing this, and what was typed meanwhile. */
async function copse(words: string[], typed: string[] = []): Promise<string> {
  const shown = [`$ copse ${words.join(' ')}`]
  const show = (text: string): void => void shown.push(stripVTControlCharacters(text))
  let at = 0
  await run(words, {
    environment: readConfig({}),
    print: show,
    complain: show,
    async *input() {
      for (const line of typed) {
        show(`> ${line}`)
        yield line
      }
    },
    // The same each time. It is asked after every state that `check` looks at.
    now: () => (at += words[0] === 'check' ? 0.5 : 20),
    signal: new AbortController().signal,
  })
  return shown.join('\n')
}
