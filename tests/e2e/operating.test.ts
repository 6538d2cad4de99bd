import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@copse/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openNight } from '../../scripts/terminal-examples/night.ts'

const guides = ['operating.md', 'operator.md'].map((name) => new URL(`../../docs/guides/${name}`, import.meta.url))
/** What is an example in the guide and nothing in this night: it is understood, and refused. */
const refused = [/^redrive /, /^forget /]
/** 1 says that something needs a person. */
const asking = [/^status/]

let home: string
let night: Awaited<ReturnType<typeof openNight>>
let commands: string[]

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'copse-operating-'))
  night = await openNight()
  await (await openStore({ folder: join(home, 'acme') })).close()
  const pages = await Promise.all(guides.map((guide) => readFile(guide, 'utf8')))
  commands = pages.flatMap((page) =>
    [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
      block!.split('\n').flatMap((line) => (line.startsWith('copse ') ? [line.slice('copse '.length)] : [])),
    ),
  )
}, 60_000)
afterAll(async () => {
  await night.tenant.close()
  await rm(home, { recursive: true })
})

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) =>
    (quoted ?? bare!)
      .replace('$(date +%F)', '2026-04-14')
      .replace('/var/lib/copse/acme', join(home, 'acme'))
      .replace('/safe', home),
  )

describe('the guide for operators', () => {
  it('has commands that do what it says, one after the other', async () => {
    expect(commands.length).toBeGreaterThan(15)
    for (const line of commands) {
      // On another machine, where nothing is yet.
      if (line.startsWith('restore ') && !line.includes('--replace')) await rm(join(home, 'acme'), { recursive: true })
      const ended = line === 'tail' ? AbortSignal.abort() : undefined
      const { code, text } = await night.tenant.type(wordsOf(line), ended)
      const allowed = refused.some((known) => known.test(line))
        ? [1]
        : asking.some((known) => known.test(line))
          ? [0, 1]
          : [0]
      expect(allowed, `copse ${line}: ${text}`).toContain(code)
    }
  }, 60_000)

  it('shows what stands in the terminal', () => {
    execFileSync(process.execPath, ['scripts/write-terminal-examples.ts', '--check'], { stdio: 'pipe' })
  }, 60_000)
})
