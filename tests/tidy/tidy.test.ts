import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, expect, it } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter(Boolean)
const sources = tracked.filter(
  (file) => /^(packages|apps|examples|scripts)\/.*\.ts$/.test(file) && !file.includes('/generated/'),
)
const text = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // deleted, not yet committed
  }
}

describe('the house', () => {
  it('has no file or folder under a name that says nothing', () => {
    const empty = /^(utils?|helpers?|common|shared|misc|manager|base|impl|types)(\.test)?(\.ts)?$/
    const found = sources.filter((file) =>
      [basename(file), ...dirname(file).split('/')].some((part) => empty.test(part)),
    )
    expect(found).toEqual([])
  })

  it('has no file over 400 lines, and nine of ten under 250', () => {
    const lengths = sources
      .map((file) => ({ file, lines: text(file).split('\n').length }))
      .sort((a, b) => a.lines - b.lines)
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([])
    expect(lengths[Math.floor(lengths.length * 0.9)]?.lines).toBeLessThan(250)
  })

  it('reads the environment only in the configuration of an app, an example or a script', () => {
    const reading = sources.filter((file) => /process\.env\b/.test(text(file)))
    const allowed =
      /^(apps|examples)\/[^/]+\/src\/config\.ts$|^scripts\/|\.test\.ts$|\/testing(\.ts$|\/)|^packages\/testkit\//
    expect(reading.filter((file) => !allowed.test(file))).toEqual([])
  })

  it('opens every package with what the room is and is not', () => {
    const fronts = tracked.filter((file) => /^packages\/[^/]+\/src\/index\.ts$/.test(file))
    expect(fronts.length).toBeGreaterThan(5)
    expect(fronts.filter((file) => !text(file).startsWith('/**'))).toEqual([])
  })

  it('commits no secret, no binary and nothing over 1 MB', () => {
    const large = tracked.filter((file) => text(file).length > 1_000_000)
    const binary = tracked.filter((file) => text(file).includes('\0'))
    const secret = tracked.filter(
      (file) => /sk-ant-[a-z0-9]|-----BEGIN [A-Z ]*PRIVATE KEY/.test(text(file)) && !file.startsWith('tests/tidy/'),
    )
    expect({ large, binary, secret }).toEqual({ large: [], binary: [], secret: [] })
  })
})
