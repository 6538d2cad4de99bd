import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('a bug that nobody caught is a line of the log, without its secrets, and ends the process', () => {
  const source = `
    import { systemClock } from '@copse/contracts'
    import { createLogger, logBugs } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)}
    logBugs(createLogger({ level: 'info', clock: systemClock }))
    void Promise.reject(new Error('refused by Bearer abc.def-ghi'))`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  const line = JSON.parse(stderr) as object
  expect(line).toMatchObject({ level: 'error', error: { message: 'refused by Bearer [redacted]' } })
})
