import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { conformancePage, feelinAlone, ours, runFolder, type Folder, type FolderResult } from '../testing.ts'

/** The conformance cases, kept beside the repository. */
const cases = new URL('../../../../../shared/fixtures/dmn-tck/', import.meta.url)
const page = new URL('../../../../docs/reference/dmn-conformance.md', import.meta.url)

const filesOf = (folder: URL): Map<string, string> =>
  new Map(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]))
const folders: Folder[] = existsSync(cases)
  ? readdirSync(cases).flatMap((level) =>
      readdirSync(new URL(`${level}/`, cases)).map((name) => {
        return { level, name, files: filesOf(new URL(`${level}/${name}/`, cases)) }
      }),
    )
  : []

const passed = (of: FolderResult[], level: string): number =>
  of.filter((folder) => folder.level === level).reduce((sum, folder) => sum + folder.passed, 0)

describe.skipIf(folders.length === 0)('the conformance cases', () => {
  const results = folders.map((folder) => runFolder(folder, ours))
  const feelin = folders.map((folder) => runFolder(folder, feelinAlone))

  it('of level 2 all pass', () => {
    expect(results.filter(({ level }) => level === 'compliance-level-2').flatMap(({ failures }) => failures)).toEqual(
      [],
    )
    expect(passed(results, 'compliance-level-2')).toBe(126)
  })

  it('of level 3 fail only where code in another language is asked for', () => {
    const failures = results.flatMap((folder) => folder.failures.map((failure) => failure.folder))
    expect(new Set(failures)).toEqual(new Set(['0076-feel-external-java']))
    expect(passed(results, 'compliance-level-3')).toBeGreaterThan(1_300)
  })

  it('pass in no folder less often than with feelin alone', () => {
    const worse = results.filter(({ passed: own }, index) => own < (feelin[index]?.passed ?? 0))
    expect(worse.map(({ name }) => name)).toEqual([])
  })

  it('are what the page in the documentation says', () => {
    expect(readFileSync(page, 'utf8')).toBe(conformancePage(results, feelin))
  })
})
