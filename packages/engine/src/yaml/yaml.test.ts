import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { nodes } from '../nodes/all.ts'
import { testNodes } from '../testing/nodes.ts'
import { condition, specOf } from '../testing/play.ts'
import { randomTree } from '../testing/random-tree.ts'
import { compile } from '../tree/compile.ts'
import { TreeError } from '../tree/faults.ts'
import { createRegistry } from '../tree/registry.ts'
import { explain, parseTree, YamlError, type PlacedFault } from '../yaml.ts'

const registry = createRegistry([...nodes, ...testNodes])

/** What becomes of a text: the faults of reading or compiling it, each as line:column id message. */
function faultsIn(text: string): string[] {
  return faultsOf(text).map(({ line, column, id, message }) => `${line}:${column} ${id}: ${message}`)
}

function faultsOf(text: string): readonly PlacedFault[] {
  try {
    const { spec, places } = parseTree(text, 'text')
    try {
      compile(spec, registry, { condition })
    } catch (error) {
      if (error instanceof TreeError) return explain(error, places)
      throw error
    }
    return []
  } catch (error) {
    if (error instanceof YamlError) return error.faults
    throw error
  }
}

const refund = `
v: 1
id: refund
version: '1'
fields:
  total: number
  status: { enum: [open, closed] }
subtrees:
  pay:
    root:
      op: sequence
      name: steps
      children:
        - op: write
          name: paid
          config: { key: paid, value: true }
root:
  op: sequence
  # for people
  title: The whole refund
  children:
    - { op: write, name: note, config: { key: total, value: 3.5 } }
    - op: selector
      name: way
      children:
        - op: assert
          config:
            condition: { field: status, is: open }
        - op: succeed
`

describe('a tree in YAML', () => {
  it('is the tree it would be in JSON: the same ids, the same hash', () => {
    fc.assert(
      fc.property(randomTree, fc.constantFrom(undefined, 'PLAIN', 'QUOTE_DOUBLE'), (root, defaultStringType) => {
        const json = specOf(root, { fields: { a: 'any', b: 'any', c: 'any', seen: 'any' } })
        const text = stringify(json, { defaultStringType: defaultStringType ?? 'BLOCK_LITERAL' })
        const { spec } = parseTree(text)
        expect(spec).toEqual(json)
        const [tree, same] = [json, spec].map((one) => compile(one, registry, { condition }))
        expect(same!.hash).toBe(tree!.hash)
        expect(same!.ids).toEqual(tree!.ids)
      }),
      { numRuns: 40 },
    )
  })

  it('knows where each node was written, by its id', () => {
    const { spec, places } = parseTree(refund)
    const { ids } = compile(spec, registry, { condition })
    expect(ids.map((id) => [id, places.get(id)])).toEqual([
      ['refund', { line: 18, column: 3 }],
      ['refund/note', { line: 22, column: 7 }],
      ['refund/way', { line: 23, column: 7 }],
      ['refund/way/assert', { line: 26, column: 11 }],
      ['refund/way/succeed', { line: 29, column: 11 }],
    ])
  })

  it('answers for what it does not know with the nearest node around', () => {
    const { places } = parseTree(refund)
    expect(places.get('refund/way/nowhere/at/all')).toEqual(places.get('refund/way'))
    expect(places.get('another')).toEqual(places.get('refund'))
    expect(places.get('refund/way/assert', 'config.condition.colour')).toEqual({ line: 28, column: 24 })
  })

  it('finds nodes of subtrees where the subtree was written, also in copies', () => {
    const text = refund.replace('op: succeed', 'op: enter\n          config: { use: pay }')
    const { places } = parseTree(text)
    expect(places.get('refund/way/enter/steps')).toEqual({ line: 11, column: 7 })
    expect(places.get('refund/way/enter/steps/paid')).toEqual({ line: 14, column: 11 })
    expect(places.get('refund/way/enter/7/paid')).toEqual({ line: 14, column: 11 })
  })
})

describe('explaining what does not compile', () => {
  it('gives each fault the line and column of the value it is about, in the order of the text', () => {
    const text = refund
      .replace('op: succeed', 'op: dance')
      .replace('value: 3.5', 'value: 3.5, colour: red')
      .replace('{ field: status, is: open }', '{}')
      .replace("version: '1'", 'version: 1')
    expect(faultsIn(text.replace('version: 1', "version: '1'"))).toEqual([
      expect.stringMatching(/^22:40 refund\/note: config: /),
      '26:11 refund/way/assert: a condition needs a field',
      '29:11 refund/way/dance: unknown op "dance"',
    ])
    expect(faultsIn(text)).toEqual([expect.stringMatching(/^4:10 refund: version: /)])
  })
})

const nestedBlock = (depth: number) => Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n')

describe('a text that is no tree', () => {
  it('is refused by line and column, with what to do about it', () => {
    expect(faultsIn('')).toEqual(['1:1 text: It is empty; a tree begins with `v: 1`, `id` and `version`.'])
    expect(faultsIn('a: 1\n\tb: 2')).toEqual([expect.stringMatching(/^2:1 text: .* Indent with spaces\.$/)])
    expect(faultsIn('a: "b')).toEqual([expect.stringMatching(/^1:\d+ text: .* Close the quote or bracket\.$/)])
    expect(faultsIn('a: 1\n---\nb: 2')).toEqual(['2:1 text: It holds more than one document; keep one, without "---".'])
    expect(faultsIn('v: 1\nid: a\nv: 2')).toEqual([
      '3:1 text: "v" is written twice, first in line 1; remove one of the two.',
    ])
    expect(faultsIn('a: !!js/function x')).toEqual([expect.stringMatching(/^1:4 text: .* Leave the tag out/)])
    expect(faultsIn('? [a]\n: 1')).toEqual(['1:3 text: This cannot be a key; use a plain word.'])
    expect(faultsIn('__proto__: { a: 1 }')).toEqual(['1:1 text: This cannot be a key; use a plain word.'])
    expect(faultsIn('a: .inf')).toEqual(['1:4 text: This is not a number that can be used.'])
    expect(faultsIn('a: [1, 12345678901234567890]')).toEqual([
      '1:8 text: A number cannot hold so many digits; put it in quotes.',
    ])
    expect(faultsIn('12345678901234567890: 1')).toEqual(['1:1 text: This cannot be a key; use a plain word.'])
    expect(faultsIn('a: *b')).toEqual(['1:4 text: There is no "&b" above this.'])
    expect(faultsIn('a: &b [*b]')).toEqual(['1:8 text: "*b" refers to what it is part of.'])
  })

  it('is refused when it is YAML but no spec', () => {
    for (const text of ['7', 'tree', '[]', 'v: 1', '- op: succeed', 'null']) {
      expect(faultsOf(text).length, text).toBeGreaterThan(0)
    }
  })

  it('is refused in bounded time when it is nested deep, in blocks or in brackets', () => {
    for (const text of [nestedBlock(10_000).slice(0, 900_000), `a: ${'['.repeat(10_000)}`, '- '.repeat(10_000)]) {
      expect(faultsIn(text)).toEqual([expect.stringContaining('nested deeper than 640 levels')])
    }
  })

  it('is refused when it is more than 1 MB, or of more values than a tree needs', () => {
    expect(faultsIn(`a: ${'x'.repeat(1_000_000)}`)).toEqual([expect.stringContaining('larger than 1 MB')])
    expect(faultsIn(`[${'1,'.repeat(400_000)}]`)).toEqual([expect.stringContaining('too many values')])
    expect(faultsIn(`[${'1,'.repeat(30_000)}]`)).toEqual([expect.stringContaining('more than 20000 values')])
  })

  it('is refused when a small text stands for a large one by aliases', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      level === 0 ? 'l0: &l0 [1, 1]' : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}]`,
    )
    expect(faultsIn(levels.join('\n'))).toEqual([expect.stringContaining('aliases counted as often as they are used')])
  })

  it('never throws anything else, whatever the text', () => {
    const pieces = fc.constantFrom(
      'a: ',
      '- ',
      '\n',
      '  ',
      '\t',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '&a ',
      '*a',
      '|',
      '>',
      '!!x ',
      '#',
      '? ',
      ': ',
      '---',
      '...',
      '%',
      '\0',
      '💥',
      'v: 1',
      'root: ',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(Array.isArray(faultsOf(parts.join('')))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

it('a tree as deep as the engine takes can be written, in blocks and in brackets', () => {
  let root: object = { op: 'succeed' }
  for (let level = 1; level < 256; level++) root = { op: 'invert', children: [root] }
  const spec = { v: 1, id: 't', version: '1', root }
  for (const text of [stringify(spec, { indent: 1 }), JSON.stringify(spec)]) {
    expect(compile(parseTree(text).spec, registry, { condition }).size).toBe(256)
  }
})
