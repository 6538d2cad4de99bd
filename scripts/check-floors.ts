/** Runs dependency-cruiser and asserts that it saw the house: with an unknown compiler it finds nothing and passes. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

const run = spawnSync(
  'depcruise',
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'packages', 'apps', 'examples'],
  { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
)
const { summary, modules } = JSON.parse(run.stdout) as {
  summary: { violations: { rule: { name: string }; from: string; to: string }[] }
  modules: { source: string }[]
}
const sources = globSync('{packages,apps,examples}/*/src/**/*.ts', {
  exclude: (name) => name.includes('generated'),
}).length
const seen = modules.filter((module) => /^(packages|apps|examples)\/.*\.ts$/.test(module.source)).length
for (const { rule, from, to } of summary.violations) process.stderr.write(`${rule.name}: ${from} -> ${to}\n`)
if (seen < sources * 0.9)
  process.stderr.write(`dependency-cruiser saw ${seen} of ${sources} source files: the floors are not being checked\n`)
process.stdout.write(`floors: ${seen} modules, ${summary.violations.length} violations\n`)
process.exitCode = summary.violations.length > 0 || seen < sources * 0.9 ? 1 : 0
