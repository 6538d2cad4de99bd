import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventually } from '../../../apps/control-plane/src/testing/eventually.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What a reader is asked to do, one thing after the other, and what they are told that they will see. */
type Act =
  | { kind: 'file' | 'append'; file: string; text: string }
  | { kind: 'type'; commands: string; again: boolean }
  | { kind: 'see'; lines: string[] }

/** The blocks of one section of a page: `sh` is typed, `text` is seen, `yaml` goes into the file that is named above it. */
export function walkIn(page: string, heading: string): Act[] {
  const text = readFileSync(join(root, page), 'utf8')
  const from = text.indexOf(`## ${heading}\n`)
  if (from < 0) throw new Error(`${page} has no "${heading}".`)
  const section = text.slice(from, text.indexOf('\n## ', from + 1))
  const blocks = section.matchAll(/(?:<!-- (file|append|until)(?:: (\S+))? -->\n)?```(sh|yaml|text)\n([\s\S]*?)```/g)
  return [...blocks].map(([, mark, file = '', language, body = '']): Act => {
    if (language === 'text') return { kind: 'see', lines: body.split('\n').filter((line) => line.trim() !== '') }
    if (language === 'sh') return { kind: 'type', commands: body, again: mark === 'until' }
    if (mark !== 'file' && mark !== 'append') throw new Error(`${page}: no file is named above a block.`)
    return { kind: mark, file, text: body }
  })
}

/** The repository as a reader has it, in a folder that a walk may write into. */
export function openCheckout(): { folder: string; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'copse-walk-'))
  for (const name of readdirSync(root)) if (!name.startsWith('.')) symlinkSync(join(root, name), join(folder, name))
  return { folder, close: () => rmSync(folder, { recursive: true }) }
}

/** Does it all in order; `at` says where the addresses of the page are here. Throws where something else is seen. */
export async function walk(acts: readonly Act[], folder: string, at: Record<string, string> = {}): Promise<void> {
  for (const [index, act] of acts.entries()) {
    if (act.kind === 'file' || act.kind === 'append') {
      const place = join(folder, act.file)
      mkdirSync(dirname(place), { recursive: true })
      if (act.kind === 'file') writeFileSync(place, act.text)
      else appendFileSync(place, act.text)
    }
    if (act.kind !== 'type') continue
    const next = acts[index + 1]
    const expected = next?.kind === 'see' ? next.lines : []
    const doIt = async (): Promise<true> => mustShow(await type(act.commands, folder, at), expected, act.commands)
    await (act.again ? eventually(doIt, 40_000) : doIt())
  }
}

/** Not waited for in one go: what it talks to may run in this process. */
async function type(commands: string, folder: string, at: Record<string, string>): Promise<string> {
  const here = Object.entries(at).reduce((text, [there, url]) => text.replaceAll(there, url), commands)
  const { PATH, HOME } = process.env
  const child = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', here], {
    cwd: folder,
    env: { PATH, HOME, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const [status] = (await once(child, 'close')) as [number | null]
  if (status !== 0) throw new Error(`${commands}ended with ${status}: ${output}`)
  return output
}

function mustShow(output: string, expected: readonly string[], commands: string): true {
  let from = 0
  for (const line of expected) {
    const found = output.indexOf(line.trim(), from)
    if (found < 0) throw new Error(`${commands}shows no "${line.trim()}" where it should, but: ${output}`)
    from = found
  }
  return true
}
