import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { connectorTypes } from '@copse/connectors/manifests'
import { operations } from '@copse/demo-business'
import { compileProcedure } from '@copse/procedures'
import { parseScenarios } from '@copse/studio'
import { describe, expect, it } from 'vitest'

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))
const blocks = pages.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => ({ file, text: match[1] ?? '' })),
)
const offered = [...operations, ...connectorTypes.flatMap((type) => type.operations)]
const catalogue = { operations: Object.fromEntries(offered.map((operation) => [operation.name, operation])) }

describe('the documentation', () => {
  it('links only to what is there', () => {
    const dead = pages.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(join(dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    )
    expect(dead).toEqual([])
  })

  it('shows procedures that compile without a fault or a warning', () => {
    const procedures = blocks.filter(({ text }) => text.startsWith('copse: 1'))
    expect(procedures.length).toBeGreaterThan(0)
    for (const { file, text } of procedures)
      expect(compileProcedure(text, catalogue, { file })).toMatchObject({ ok: true, diagnostics: [] })
  })

  it('shows scenarios that parse', () => {
    const scenarios = blocks.filter(({ text }) => /^(- name|scene):/.test(text))
    expect(scenarios.length).toBeGreaterThan(0)
    for (const { file, text } of scenarios) expect(parseScenarios(text, file)).not.toHaveLength(0)
  })

  it('has a reference that is fresh', () => {
    execFileSync(process.execPath, ['scripts/write-reference.ts', '--check'], { stdio: 'pipe' })
  })
})
