import type { FolderResult } from './suite.ts'

/** The report as a page of the documentation: a line for every folder. */
export function conformancePage(ours: readonly FolderResult[], feelin: readonly FolderResult[]): string {
  const levels = [...new Set(ours.map(({ level }) => level))]
  const summary = levels.map((level) => {
    const [own, alone] = [ours, feelin].map((all) => all.filter((folder) => folder.level === level))
    const green = own?.filter(({ passed, total }) => passed === total).length ?? 0
    return `| ${level.replace('compliance-level-', '')} | ${counted(own ?? [])} | ${counted(alone ?? [])} | ${green} of ${own?.length ?? 0} |`
  })
  const rows = ours.map((folder, index) => {
    const alone = feelin[index]
    return `| ${folder.name} | ${folder.passed} | ${alone?.passed ?? 0} | ${folder.total} |`
  })
  const failing = ours.flatMap(({ name, failures }) => failures.map(({ decision }) => `${name}: \`${decision}\``))
  return [
    '# DMN conformance',
    '',
    'What `packages/decisions` makes of the conformance cases of the [DMN TCK](https://github.com/dmn-tck/tck) that are at',
    'hand: level 2 whole, level 3 in part. It is a measurement, not a certificate. Every result node of every case is one',
    'expectation. Numbers agree within 1e-8 of their size, everything else exactly; where the case expects an error, null is',
    'right. *feelin alone* is its interpreter with a thin layer for tables, contexts and invocations, measured in the same run.',
    '',
    'Written by `scripts/write-dmn-conformance.ts`; a test of the package fails when it is not fresh.',
    '',
    '| level | ours | feelin alone | folders without a failure |',
    '|---|---|---|---|',
    ...summary,
    '',
    'What fails, and why:',
    '',
    ...(failing.length === 0 ? ['Nothing.'] : failing.map((line) => `- ${line}`)),
    '',
    'Functions in Java (0076) are out of scope: a table runs no code but FEEL. They are null, which some of the cases expect.',
    '',
    '| folder | ours | feelin alone | of |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function counted(folders: readonly FolderResult[]): string {
  const total = folders.reduce((sum, folder) => sum + folder.total, 0)
  const passed = folders.reduce((sum, folder) => sum + folder.passed, 0)
  return `${passed} of ${total} (${((passed / total) * 100).toFixed(1)} %)`
}
