import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url).pathname

const library = [
  'appointment',
  'complaint',
  'fraud-triage',
  'hairdresser',
  'lead',
  'order-status',
  'password-reset',
  'refund',
]

/** As anybody types it, whatever Node comes first on their path. */
const copse = (...typed: string[]) => {
  const { status, stdout, stderr } = spawnSync(join(root, 'copse'), typed, {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, said: `${stdout}${stderr}` }
}

describe('the shipped library at an author’s desk', () => {
  it('has no conversation that gets stuck', () => {
    const { status, said } = copse('check', 'procedures')
    expect(said).toMatch(/procedures: 0 errors, 0 warnings\.\n$/)
    expect(status).toBe(0)
  })

  it.each(library)('%s: its scenarios take every way', (name) => {
    const file = `procedures/${name}.scenarios.yaml`
    const { status, said } = copse('simulate', file, '--complete')
    expect(said).toMatch(/scenarios, all as expected;/)
    expect(status, said).toBe(0)
  })

  it('is played as a folder, against the business that its operations are of', () => {
    const { status, said } = copse('test', 'procedures')
    expect(said).toMatch(/scenarios, all as expected;/)
    expect(status, said).toBe(0)
  })
})
