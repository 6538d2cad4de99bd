import { globSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { nodes } from '../nodes/all.ts'
import { testNodes } from '../testing/nodes.ts'
import { called, condition, node, ok, specOf } from '../testing/play.ts'
import { randomTree } from '../testing/random-tree.ts'
import { compile } from './compile.ts'
import { TreeError } from './faults.ts'
import type { Json } from './json.ts'
import { treeJsonSchema } from './json-schema.ts'
import { createRegistry } from './registry.ts'
import type { NodeSpec } from './spec.ts'

const definitions = [...nodes, ...testNodes]
const registry = createRegistry(definitions)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(treeJsonSchema(definitions) as object)

function isRefused(spec: unknown): boolean {
  try {
    compile(spec, registry, { condition })
    return false
  } catch (error) {
    if (error instanceof TreeError) return true
    throw error
  }
}

describe('the JSON Schema of trees', () => {
  it('accepts every tree that compiles', () => {
    fc.assert(
      fc.property(randomTree, (root) => {
        const spec = specOf(root, { fields: { a: { list: 'string' } }, subtrees: { s: { root } }, returns: true })
        expect(validate(spec), JSON.stringify(validate.errors)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('accepts the example of every node', () => {
    const folder = new URL('../nodes/', import.meta.url)
    const examples = globSync('*/*.example.yaml', { cwd: folder })
    expect(examples.length).toBe(nodes.length)
    for (const file of examples) {
      const { tree } = parse(readFileSync(new URL(file, folder), 'utf8')) as { tree: object }
      expect(validate({ v: 1, id: 't', version: '1', ...tree }), `${file} ${JSON.stringify(validate.errors)}`).toBe(
        true,
      )
    }
  })

  it('refuses only what does not compile either, wherever a tree is damaged', () => {
    let refused = 0
    fc.assert(
      fc.property(randomTree, fc.nat(), damages, (root, where, damage) => {
        const spec = specOf(structuredClone(root))
        const all = nodesOf(spec.root)
        damage(all[where % all.length]!)
        if (validate(spec)) return
        refused++
        expect(isRefused(spec)).toBe(true)
      }),
      { numRuns: 300 },
    )
    expect(refused).toBeGreaterThan(100)
  })

  it('knows each op by its own config and number of children', () => {
    const wrong: NodeSpec[] = [
      node('dance'),
      node('fail'),
      node('fail', { code: '' }),
      node('fail', { code: 'a', colour: 'red' }),
      node('succeed', undefined, ok('a')),
      node('invert'),
      node('invert', undefined, ok('a'), ok('b')),
      node('sequence'),
      node('wait', { kind: 'bus' }),
      called('a/b', node('succeed')),
      { op: 'succeed', colour: 'red' } as NodeSpec,
    ]
    for (const root of wrong) {
      expect(validate(specOf(root)), JSON.stringify(root)).toBe(false)
      expect(validate(specOf(node('sequence', undefined, ok('first'), root))), JSON.stringify(root)).toBe(false)
      expect(isRefused(specOf(root))).toBe(true)
    }
  })

  it('has one definition per op, named after it, and none that nobody refers to', () => {
    const schema = treeJsonSchema(definitions) as { $defs: { [name: string]: Json } }
    const text = JSON.stringify(schema)
    expect(Object.keys(schema.$defs).filter((name) => name.startsWith('op.'))).toEqual(
      definitions.map(({ op }) => `op.${op}`),
    )
    expect(Object.keys(schema.$defs).filter((name) => !text.includes(`"#/$defs/${name}"`))).toEqual([])
  })
})

it('the JSON Schema of trees shows an editor what is said of a node and its keys, whatever they hold', () => {
  const words = new Map([
    [
      'write',
      {
        summary: 'Writes.',
        keys: new Map([
          ['value', 'Anything.'],
          ['key', 'Where.'],
        ]),
      },
    ],
  ])
  const { $defs } = treeJsonSchema(definitions, words) as { $defs: { [name: string]: { [key: string]: Json } } }
  expect($defs['op.write']).toMatchObject({
    description: 'Writes.',
    properties: {
      config: { properties: { key: { type: 'string', description: 'Where.' }, value: { description: 'Anything.' } } },
    },
  })
  expect($defs['op.sequence']!['description']).toBeUndefined()
})

const damages = fc.constantFrom<(spec: NodeSpec) => void>(
  (spec) => (spec.op = 'dance'),
  (spec) => (spec.name = 'a/b'),
  (spec) => (spec.config = { colour: 'red' }),
  (spec) => (spec.config = [1]),
  (spec) => (spec.children = []),
  (spec) => (spec.children = [ok('a'), ok('b'), ok('c')]),
  (spec) => (spec.children = 'none' as never),
  (spec) => Object.assign(spec, { colour: 'red' }),
  (spec) => Object.assign(spec, { title: 7 }),
)

function nodesOf(spec: NodeSpec): NodeSpec[] {
  return [spec, ...(spec.children ?? []).flatMap(nodesOf)]
}
