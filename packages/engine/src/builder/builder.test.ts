import { globSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodes } from '../nodes/all.ts'
import { testNodes } from '../testing/nodes.ts'
import { condition } from '../testing/play.ts'
import { randomTree } from '../testing/random-tree.ts'
import { compile } from '../tree/compile.ts'
import { createRegistry } from '../tree/registry.ts'
import type { NodeSpec, TreeSpec } from '../tree/spec.ts'
import { parseTree } from '../yaml.ts'
import { composites } from './testing/composites.ts'
import { decorators } from './testing/decorators.ts'
import { leaves } from './testing/leaves.ts'
import { fields, subtrees } from './testing/scope.ts'
import { builderOf } from './builder.ts'
import type { Node } from './node.ts'
import { subtree, tree } from './tree.ts'

const b = builderOf<{ fields: undefined; subtrees: undefined }>()
const registry = createRegistry(nodes)

const writing = (value: unknown) => () => b.write('one', { key: 'a', value: value as null })

/** By op, as if nothing were known of types; nodes of the tests are nodes of somebody else. */
const making = b as unknown as { [op: string]: (name: string | null, ...rest: unknown[]) => Node }

function rebuilt({ op, name, config, children = [] }: NodeSpec): Node {
  const own = testNodes.find((definition) => definition.op === op)
  const rest = [...(config === undefined ? [] : [config]), ...children.map(rebuilt)]
  return own === undefined ? making[op]!(name ?? null, ...rest) : making['do']!(name ?? null, own, ...rest)
}

const everyNode = [...composites, ...decorators, ...leaves]

describe('a tree', () => {
  it.each(everyNode.map(([built, json, yaml]) => ({ op: json.op, built, json, yaml })))(
    'with $op is the same built, in JSON and in YAML: ids and hash',
    ({ built, json, yaml }) => {
      const made = tree('t', { version: '1', fields, subtrees }, () => built)
      const { greet } = subtrees
      const written: TreeSpec = { v: 1, id: 't', version: '1', fields, subtrees: { greet: greet.spec }, root: json }
      const indented = yaml.startsWith('\n') ? yaml.replaceAll('\n', '\n  ') : ` ${yaml}`
      const text = `v: 1\nid: t\nversion: '1'\nfields: ${JSON.stringify(fields)}\nsubtrees: ${JSON.stringify(written.subtrees)}\nroot:${indented}\n`
      expect(JSON.parse(JSON.stringify(made))).toEqual(written)
      const [one, two, three] = [made, written, parseTree(text).spec].map((spec) =>
        compile(spec, registry, { condition }),
      )
      expect(one!.hash).toBe(two!.hash)
      expect(two!.hash).toBe(three!.hash)
      expect(one!.ids).toEqual(two!.ids)
      expect(two!.ids).toEqual(three!.ids)
    },
  )

  it('can be built of every node there is, as its example in YAML is', () => {
    const folder = new URL('../nodes/', import.meta.url)
    const examples = globSync('*/*.example.yaml', { cwd: folder })
    expect(examples.length).toBe(nodes.length)
    for (const file of examples) {
      const { spec } = parseTree(readFileSync(new URL(file, folder), 'utf8'), file)
      const { root } = (spec as unknown as { tree: TreeSpec }).tree
      expect(rebuilt(root), file).toEqual(root)
    }
  })

  it('of whatever nodes is the same built and in JSON', () => {
    fc.assert(
      fc.property(randomTree, (root) => {
        expect(rebuilt(root)).toEqual(root)
      }),
      { numRuns: 100 },
    )
    expect(nodes.filter(({ op }) => typeof making[op] !== 'function')).toEqual([])
  })

  it('is plain data: a copy through JSON is equal, and nothing in it is shared with what was given', () => {
    const config = { key: 'a', value: { list: [1] } }
    const spec = tree('t', { version: '1' }, (b) => b.write('one', config))
    config.value.list.push(2)
    expect(JSON.parse(JSON.stringify(spec))).toEqual({
      v: 1,
      id: 't',
      version: '1',
      root: { op: 'write', name: 'one', config: { key: 'a', value: { list: [1] } } },
    })
  })

  it('declares aliases and whether its root leaves the result', () => {
    const header = { version: '2', aliases: { o: 'order' }, returns: true } as const
    expect(tree('t', header, (b) => b.succeed(null))).toEqual({ v: 1, id: 't', ...header, root: { op: 'succeed' } })
  })

  it('refuses what is no JSON, saying where', () => {
    expect(writing({ at: new Date() })).toThrow('write.value.at: object cannot be written as JSON')
    expect(writing([() => 1])).toThrow('write.value.0: function')
    expect(writing(Number.NaN)).toThrow('write.value: number')
    expect(writing({ __proto__: null, ok: undefined })).not.toThrow()
  })

  it('refuses children that the builder has not made, or too many of them', () => {
    expect(() => b.invert('not', { op: 'succeed' } as never)).toThrow('it cannot have 0 children')
    expect(() => b.sequence('row', b.succeed(null), { op: 'succeed' } as never)).toThrow('made by the builder')
  })
})

describe('subtrees', () => {
  const inner = subtree({ ports: { in: { x: 'string' } } }, (b) => b.write('y', { key: 'x', value: 'z' }))
  const outer = subtree({ subtrees: { inner } }, (b) => b.succeed('outer'))

  it('are listed by the tree that uses them, also those that only they use', () => {
    const spec = tree('t', { version: '1', subtrees: { outer } }, (b) => b.succeed(null))
    expect(Object.keys(spec.subtrees!)).toEqual(['outer', 'inner'])
    expect(spec.subtrees!['inner']).toEqual({
      ports: { in: { x: 'string' } },
      root: { op: 'write', name: 'y', config: { key: 'x', value: 'z' } },
    })
    expect(() => compile(spec, registry, { condition })).not.toThrow()
  })

  it('are refused when two of them are called the same', () => {
    const other = subtree({}, (b) => b.succeed('other'))
    expect(() => tree('t', { version: '1', subtrees: { outer, inner: other } }, (b) => b.succeed(null))).toThrow(
      'two subtrees are called "inner"; rename one',
    )
  })
})
