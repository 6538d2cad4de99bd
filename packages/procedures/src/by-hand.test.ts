import { readdirSync, readFileSync } from 'node:fs'
import { connectorTypes } from '@copse/connectors/manifests'
import { operationManifest } from '@copse/contracts'
import { treeHash } from '@copse/engine'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { besideOf, compileProcedure } from './index.ts'
import { byHand } from './testing/by-hand/all.ts'
import { procedureOf } from './testing/compiled.ts'
import { buildTree } from './testing/tree.ts'

const library = new URL('../../../procedures/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, library), 'utf8')
const shipped = readdirSync(library).filter((file) => /\.(procedure|flow)\.yaml$/.test(file))
const demo = z.array(operationManifest).parse(parse(read('../examples/demo-business/operations.yaml')))
const calendar = connectorTypes.find(({ type }) => type === 'builtin_calendar')?.operations ?? []
const catalogue = {
  operations: Object.fromEntries([...demo, ...calendar].map((one) => [one.name, one])),
  beside: besideOf(() => shipped.map((file) => ({ file, text: read(file) }))),
}

test('everything that we ship is built by hand as well', () => {
  expect(Object.keys(byHand).toSorted()).toEqual(shipped.toSorted())
})

describe.each(Object.entries(byHand))('%s', (file, tree) => {
  // What runs is this JSON and nothing else, so that one tree has one behaviour.
  test('built by hand is the same tree as compiled from YAML, node by node', () => {
    const compiled = procedureOf(compileProcedure(read(file), catalogue))
    expect(tree).toEqual(compiled.tree)
    expect(treeHash(tree)).toBe(compiled.treeHash)
    expect(buildTree(tree).ids).toEqual(buildTree(compiled.tree).ids)
  })
})
