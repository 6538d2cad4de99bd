import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseInstanceMain } from './instance-main.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'copse-checkout-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const bundle = 'apps/data-plane/dist/data-plane.mjs'
const main = 'apps/data-plane/src/main.ts'

/** Files with the second at which each was last written. */
function write(files: Record<string, number>): void {
  for (const [name, second] of Object.entries(files)) {
    const file = join(root, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '')
    utimesSync(file, second, second)
  }
}

describe('what tenants run from', () => {
  test('is the bundle where there are no sources, as in an image', () => {
    write({ [bundle]: 1 })
    expect(chooseInstanceMain(root)).toEqual({ main: join(root, bundle), because: 'there are no sources here' })
  })

  test('is the sources where nothing was bundled', () => {
    write({ [main]: 1 })
    expect(chooseInstanceMain(root)).toEqual({ main: join(root, main), because: 'nothing was bundled' })
  })

  test('is a bundle that is newer than every source, tests aside', () => {
    write({ [main]: 1, 'packages/lane/src/turn.ts': 2, [bundle]: 3, 'packages/lane/src/turn.test.ts': 4 })
    expect(chooseInstanceMain(root)).toEqual({
      main: join(root, bundle),
      because: 'the bundle is newer than the sources',
    })
  })

  test.each(['packages/lane/src/deep/turn.ts', 'apps/data-plane/src/http/chat/chat.css', 'pnpm-lock.yaml'])(
    'is the sources once %s was changed after the bundle was made',
    (changed) => {
      write({ [main]: 1, [bundle]: 3, [changed]: 4 })
      expect(chooseInstanceMain(root)).toEqual({
        main: join(root, main),
        because: `${changed} is newer than the bundle`,
      })
    },
  )

  test('is what the operator says, however old it is', () => {
    write({ [main]: 4, [bundle]: 3 })
    const because = 'COPSE_INSTANCE_FROM says so'
    expect(chooseInstanceMain(root, 'bundle')).toEqual({ main: join(root, bundle), because })
    expect(chooseInstanceMain(root, 'sources')).toEqual({ main: join(root, main), because })
  })

  test('that the operator says and that is not there is a clear fault', () => {
    write({ [main]: 4 })
    expect(() => chooseInstanceMain(root, 'bundle')).toThrow(/COPSE_INSTANCE_FROM=bundle, but .*data-plane\.mjs/)
  })
})
