import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('the page of all nodes is fresh, so each says what it answers and has an example', () => {
  const root = new URL('../../../../', import.meta.url)
  const { stderr, status } = spawnSync(process.execPath, ['scripts/write-node-reference.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})
