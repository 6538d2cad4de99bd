import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkTable, compileTable, parseTable } from '../index.ts'

const page = readFileSync(new URL('../../../../docs/reference/decision-tables.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/```yaml\n([^]*?)```\n\n```json\n([^]*?)```/g)].map(([, yaml = '', json = '']) => {
  const parsed = parseTable(yaml)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
  return { table: parsed.table, claims: JSON.parse(json) as unknown }
})

const matches = (cell: string, type: string, value: unknown): boolean => {
  const yaml = `table: {inputs: [{name: x, type: ${type}}, limit], outputs: [y], rules: [[${JSON.stringify(cell)}, "-", 1]]}`
  const parsed = parseTable(yaml)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
  return compileTable(parsed.table).evaluate({ x: value, limit: 3 }).outcome === 'match'
}

describe('the page for authors', () => {
  it('shows three tables, and what they decide', () => {
    expect(blocks).toHaveLength(3)
    for (const { table, claims } of blocks) {
      if (!Array.isArray(claims)) continue
      for (const { given, decides, rules } of claims as {
        given: Record<string, unknown>
        decides: unknown
        rules: number[]
      }[]) {
        expect(compileTable(table).evaluate(given)).toMatchObject({ output: decides, rules, problems: [] })
      }
    }
  })

  it('shows what is found in a table with mistakes, and nothing in the others', () => {
    for (const { table, claims } of blocks) {
      const expected = Array.isArray(claims) ? [] : (claims as { findings: string[] }).findings
      expect(checkTable(table).findings.map(({ code, message }) => `${code}: ${message}`)).toEqual(expected)
    }
  })

  it('lists cells that mean what it says', () => {
    expect(matches('gold, silver', 'text', 'silver')).toBe(true)
    expect(matches('not(gold, silver)', 'text', 'bronze')).toBe(true)
    expect(matches('not(gold, silver)', 'text', null)).toBe(false)
    expect(matches('< 2026-02-01', 'date', '2026-01-31')).toBe(true)
    expect(matches('>= 18:00', 'time', '17:59:59')).toBe(false)
    expect(matches('(1..5)', 'number', 1)).toBe(false)
    expect(matches('yes', 'yes/no', true)).toBe(true)
    expect(matches('> limit', 'number', 4)).toBe(true)
    expect(matches('? > 3 and odd(?)', 'number', 5)).toBe(true)
    for (const cell of ['-', 'null']) expect(matches(cell, 'number', undefined)).toBe(true)
  })
})
