/** A session that outlives its process: node examples/engine/src/pause-and-resume.ts */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { advance, compile, createRegistry, describe, nodes, tree, type Snapshot } from '@copse/engine'
import { condition, print, turnOf } from './host.ts'

const spec = tree('complaint', { version: '1', returns: true }, (b) =>
  b.sequence(null, b.write('open', { key: 'state', value: 'open' }), b.wait('what happened', { kind: 'input' })),
)
const complaint = compile(spec, createRegistry(nodes), { condition })

const [file, said] = process.argv.slice(2)
if (file === undefined || said === undefined) {
  const { snapshot } = await advance(complaint, {}, turnOf('s1', '1'))
  print(`The first process stops here:\n${describe(complaint, snapshot)}`)
  const kept = join(mkdtempSync(join(tmpdir(), 'complaint-')), 'snapshot.json')
  writeFileSync(kept, JSON.stringify(snapshot))
  execFileSync(process.execPath, [import.meta.filename, kept, 'The cup arrived broken.'], { stdio: 'inherit' })
} else {
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot
  const rest = await advance(complaint, { snapshot, event: { kind: 'input', data: said } }, turnOf('s1', '2'))
  print(`The second process goes on: ${rest.status}, "${rest.result as string}"`)
}
