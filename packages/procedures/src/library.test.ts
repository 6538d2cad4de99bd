import { readdirSync, readFileSync } from 'node:fs'
import { operationManifest } from '@copse/contracts'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { besideOf, compileProcedure, type Catalogue } from './index.ts'
import { nodesOf, procedureOf } from './testing/compiled.ts'
import { buildTree } from './testing/tree.ts'

const root = new URL('../../../', import.meta.url)
const operations = z
  .array(operationManifest)
  .parse(parse(readFileSync(new URL('examples/demo-business/operations.yaml', root), 'utf8')))
const demo: Catalogue = {
  operations: Object.fromEntries(operations.map((operation) => [operation.name, operation])),
  beside: besideOf(() =>
    library.map((file) => ({ file, text: readFileSync(new URL(`procedures/${file}`, root), 'utf8') })),
  ),
}

const library = readdirSync(new URL('procedures/', root)).filter((file) => file.endsWith('.procedure.yaml'))
const compiled = (file: string) =>
  compileProcedure(readFileSync(new URL(`procedures/${file}`, root), 'utf8'), demo, { file })

describe.each(library)('%s', (file) => {
  test('compiles against the demo business without a single warning, and builds', () => {
    expect(compiled(file).diagnostics).toEqual([])
    buildTree(procedureOf(compiled(file)).tree)
  })

  test('says in English and Spanish everything that it says', () => {
    const nodes = nodesOf(procedureOf(compiled(file)).tree.root)
    const passedOn = new Set(
      nodes.flatMap(({ op, config }) => (op === 'handoff' ? [(config as { step?: string }).step] : [])),
    )
    for (const { op, config = {} } of nodes) {
      const { say, step, options } = config as { say?: object; step?: string; options?: { titles?: object }[] }
      const isOurs = step !== undefined && !step.startsWith('$')
      // Who is passed on was told so.
      const speaks =
        ['collect', 'say', 'handoff', 'classify', 'pause'].includes(op) || (op === 'end' && !passedOn.has(step))
      if (isOurs && speaks) {
        expect(Object.keys(say ?? {}), `${op} in ${step}`).toEqual(['en', 'es'])
      }
      for (const option of options ?? []) expect(Object.keys(option.titles ?? {}), step).toEqual(['en', 'es'])
    }
  })
})
