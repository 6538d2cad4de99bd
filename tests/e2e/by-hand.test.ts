import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Json } from '@copse/contracts'
import { treeHash, type TreeSpec } from '@copse/engine'
import { byHand } from '@copse/procedures/testing'
import { coverageOf, readScenarios, runScenarios, type Desk } from '@copse/studio'
import { describe, expect, test } from 'vitest'
import { layOut } from '../../apps/cli/src/authoring/desk.ts'
import { proceduresFor } from '../../apps/cli/src/authoring/files.ts'

const library = new URL('../../procedures/', import.meta.url).pathname
const scenarioFiles = globSync(`${library}*.scenarios.yaml`).toSorted()

/** As an author's desk has it, and the same desk with other trees than those that were compiled. */
async function openBoth(file: string, treeFor: (procedure: string) => TreeSpec) {
  const scenarios = readScenarios(readFileSync(file, 'utf8'), file)
  const files = proceduresFor(file)
  const { desk, diagnostics } = await layOut(files, { options: {} }, scenarios.scene)
  if (!desk) throw new Error(JSON.stringify(diagnostics))
  const procedures = desk.release.procedures.map((procedure, at) => {
    const tree = treeFor(basename(files[at]!))
    return { ...procedure, tree: tree as unknown as Json, treeHash: treeHash(tree) }
  })
  const other: Desk = { ...desk, release: { ...desk.release, procedures } }
  return { scenarios, desk, other }
}

describe.each(scenarioFiles.map((file) => [basename(file), file]))('%s', (_, file) => {
  test('goes with the tree built by hand, word for word and way for way, as with the one compiled', async () => {
    const { scenarios, desk, other } = await openBoth(file, (procedure) => byHand[procedure]!)
    const compiled = await runScenarios(scenarios, desk)
    const built = await runScenarios(scenarios, other)
    expect(built.flatMap(({ name, failures }) => failures.map((failure) => ({ name, failure })))).toEqual([])
    expect(built).toEqual(compiled)
    const ways = (of: Desk, results: typeof built) =>
      coverageOf(
        of,
        results.flatMap(({ turns }) => turns),
      )
    expect(ways(other, built)).toEqual(ways(desk, compiled))
  })
})

test('what is played is the tree that was handed in', async () => {
  const [file = ''] = scenarioFiles
  const { scenarios, desk, other } = await openBoth(
    file,
    (procedure) => JSON.parse(JSON.stringify(byHand[procedure]).replaceAll('Write to me', 'Call me')) as TreeSpec,
  )
  const said = async (at: Desk) =>
    JSON.stringify((await runScenarios(scenarios, at)).flatMap(({ turns }) => turns.map(({ reply }) => reply)))
  expect(await said(desk)).toContain('Write to me')
  expect(await said(other)).toContain('Call me')
})
