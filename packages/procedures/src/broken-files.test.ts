import { readdirSync, readFileSync } from 'node:fs'
import { operationManifest } from '@copse/contracts'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { compileProcedure } from './index.ts'
import { buildTree } from './testing/tree.ts'

const root = new URL('../../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')
const operations = z.array(operationManifest).parse(parse(read('examples/demo-business/operations.yaml')))
const catalogue = { operations: Object.fromEntries(operations.map((one) => [one.name, one])) }
const shipped = readdirSync(new URL('procedures/', root))
  .filter((file) => /\.(procedure|flow)\.yaml$/.test(file))
  .map((file) => read(`procedures/${file}`))

/** What slips of the hand do to a file, line by line. */
type Slip = (lines: string[], at: number) => string[]
const values = [
  '7',
  '-1.5',
  'true',
  'null',
  '""',
  '[]',
  '{}',
  '[a, {b: c}]',
  '{a: [b]}',
  '|',
  '*x',
  '!!set {a}',
  '"{{"',
]
const slips: Record<string, Slip> = {
  leftOut: (lines, at) => lines.toSpliced(at, 1),
  twice: (lines, at) => lines.toSpliced(at, 0, lines[at]!),
  movedIn: (lines, at) => lines.with(at, `  ${lines[at]!}`),
  movedOut: (lines, at) => lines.with(at, lines[at]!.replace(/^ {1,2}/, '')),
  tabbed: (lines, at) => lines.with(at, `\t${lines[at]!.trimStart()}`),
  swapped: (lines, at) => lines.with(at, lines.at(at - 1)!).with(at - 1, lines[at]!),
  cutOff: (lines, at) => lines.slice(0, at + 1),
  emptied: (lines, at) => lines.with(at, lines[at]!.replace(/:.*/, ':')),
}
for (const value of values)
  slips[value] = (lines, at) =>
    lines.with(
      at,
      lines[at]!.replace(/: .*/, () => `: ${value}`),
    )

const broken = fc
  .tuple(
    fc.constantFrom(...shipped),
    fc.array(fc.tuple(fc.constantFrom(...Object.keys(slips)), fc.nat()), { minLength: 1, maxLength: 3 }),
  )
  .map(([source, made]) => {
    const change = (lines: string[], [slip, at]: [string, number]) =>
      lines.length === 0 ? lines : slips[slip]!(lines, at % lines.length)
    return made.reduce(change, source.split('\n')).join('\n')
  })

test('a fault behind a folded text that ended too early is at its own line', () => {
  const source = '  copse: 1\n\nprocedure:\n  description: >-\n    Finds the order of a customer.\n  domain: x\n'
  const compiled = compileProcedure(source, catalogue)
  expect(compiled).toMatchObject({ ok: false })
  const lines = source.split('\n')
  for (const { line, column } of compiled.ok ? [] : compiled.diagnostics)
    expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1)
})

test('a shipped file that somebody has been careless with compiles, or every fault has a place in it and a sentence', () => {
  fc.assert(
    fc.property(broken, (source) => {
      const compiled = compileProcedure(source, catalogue, { file: 'x.yaml' })
      if (compiled.ok) buildTree(compiled.procedure.tree)
      else expect(compiled.diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
      const lines = source.split('\n')
      for (const { file, line, column, message } of compiled.diagnostics) {
        expect(file).toBe('x.yaml')
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeGreaterThanOrEqual(1)
        expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1)
        expect(message).toMatch(/^\S[^]*[.!?…]$/)
        expect(message).not.toMatch(/undefined|\[object|NaN|ZodError|at .*\.ts:/)
      }
    }),
    { numRuns: 300 },
  )
}, 60_000)
