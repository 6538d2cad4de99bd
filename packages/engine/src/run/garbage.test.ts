import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../testing/turns-in-a-row.ts', import.meta.url))
const flags = ['--trace-gc-nvp', '--max-semi-space-size=1', '--no-allocation-site-pretenuring']

/**
 * Whoever is kept among old objects stays until all of them are looked through, which stops everybody for ten
 * milliseconds; under load that was once in a second.
 */
test('what a turn needed is garbage as soon as it is over', () => {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, program], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const young = stdout.split('\n').filter((line) => line.includes(' gc=s '))
  // Of the later ones, when everything is loaded.
  const bytes = (name: string): number =>
    young.slice(-20).reduce((sum, line) => sum + Number(new RegExp(` ${name}=(\\d+)`).exec(line)?.[1]), 0)
  expect(young.length).toBeGreaterThan(40)
  expect(bytes('promoted') / bytes('allocated')).toBeLessThan(0.05)
})
