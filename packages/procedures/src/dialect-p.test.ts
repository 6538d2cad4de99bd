import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogue } from './catalogue.testing.ts'
import { compileProcedure } from './index.ts'

const folder = new URL('../../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)

describe.skipIf(!existsSync(folder))('the procedures of the earlier engine', () => {
  const files = existsSync(folder) ? readdirSync(folder) : []

  test.each(files)('%s', (file) => {
    const result = compileProcedure(readFileSync(new URL(file, folder), 'utf8'), catalogue, { file })
    expect(result.ok).toBe(true)
  })
})
