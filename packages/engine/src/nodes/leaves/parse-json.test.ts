import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, build, called, input, node, play, specOf, valueOf } from '../../testing/play.ts'
import type { Json } from '../../tree/json.ts'

const parsed = async (text: Json) => play(node('parseJson', { from: 'text', key: 'value' }), { cells: { text } })
const reasonOf = async (text: Json): Promise<string> => {
  const { status, failure } = await parsed(text)
  expect(status).toBe('failure')
  expect(failure?.code).toBe('not_json')
  return failure!.reason
}

describe('parseJson', () => {
  it('reads whatever JSON there is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 5 }), async (text) => {
        const { snapshot, status } = await parsed(text)
        expect(status).toBe('success')
        expect(valueOf(snapshot, 'value')).toEqual(JSON.parse(text))
      }),
      { numRuns: 60 },
    )
  })

  it('reads what was left last, and leaves the value for the next', async () => {
    const root = node('sequence', undefined, ask('w'), node('parseJson', {}), node('noteLast', { key: 'got' }))
    expect(valueOf((await play(root, { events: [input('[1]')] })).snapshot, 'got')).toEqual([1])
  })

  it('keeps where the text came from', async () => {
    const root = node(
      'sequence',
      undefined,
      node('call', { name: 'text' }),
      node('parseJson', { from: 'text.raw', key: 'v' }),
    )
    const answer = async () => ({ status: 'ok', data: { raw: '1' } }) as const
    expect((await play(root, {}, { services: { answer } })).snapshot.scopes['']['v']).toEqual({ value: 1, by: 'tool' })
  })

  it.each([
    ['Sorry!', 'line 1, column 1: "S" cannot stand here'],
    ['', 'line 1, column 1: the end cannot stand here'],
    ['{"a": 1,\n "b": }', 'line 2, column 7: "}" cannot stand here'],
    ['{"a": 1,}', 'line 1, column 9: "}" cannot stand here'],
    ['[1, 2', 'line 1, column 6: the end cannot stand here'],
    ['[1] x', 'line 1, column 5: "x" cannot stand here'],
    ['{"a" 1}', 'line 1, column 6: "1" cannot stand here'],
    ["{'a': 1}", 'line 1, column 2: "\'" cannot stand here'],
    ['[01]', 'line 1, column 3: "1" cannot stand here'],
    ['["a\nb"]', 'line 1, column 4: "\\n" cannot stand here'],
    ['["\\x"]', 'line 1, column 3: "\\\\" cannot stand here'],
    ['tru', 'line 1, column 1: "t" cannot stand here'],
    ['["😀", 😀]', 'line 1, column 8: "😀" cannot stand here'],
  ])('says of %j where it stops being JSON', async (text, reason) => {
    expect(await reasonOf(text)).toBe(reason)
  })

  it('says so of any text that is none, and never past its end', async () => {
    const almost = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '}', ',', '"', 'x', '\\', '\n1'))
      .map(
        ([text, at, more]) => text.slice(0, at % (text.length + 1)) + more + text.slice((at % (text.length + 1)) + 1),
      )
      .filter((text) => {
        try {
          JSON.parse(text)
          return false
        } catch {
          return true
        }
      })
    await fc.assert(
      fc.asyncProperty(almost, async (text) => {
        const [, line, column] = /^line (\d+), column (\d+): /.exec(await reasonOf(text))!
        const lines = text.split('\n')
        expect(Number(line)).toBeLessThanOrEqual(lines.length)
        expect(Number(column)).toBeLessThanOrEqual(lines[Number(line) - 1]!.length + 1)
      }),
      { numRuns: 200 },
    )
  })

  it('takes no other thing for text', async () => {
    expect(await reasonOf({ a: 1 })).toBe('there is no text to read')
    expect((await play(node('parseJson', { from: 'nothing' }))).failure?.code).toBe('not_json')
  })

  it('refuses what is too large or too deep, in no time', async () => {
    expect((await parsed(' '.repeat(1_000_001))).failure).toMatchObject({ code: 'too_large' })
    expect((await parsed('['.repeat(900_000))).failure).toMatchObject({ code: 'too_deep' })
    expect((await parsed(`${'['.repeat(101)}${']'.repeat(101)}`)).failure).toMatchObject({ code: 'too_deep' })
    expect((await parsed(`${'['.repeat(100)}${']'.repeat(100)}`)).status).toBe('success')
    expect((await parsed(JSON.stringify('['.repeat(500)))).status).toBe('success')
    const started = performance.now()
    expect(await reasonOf(`["${'a'.repeat(999_000)}`)).toContain('column 999003: the end')
    expect(await reasonOf(`["${'\\n'.repeat(499_000)}`)).toContain('the end')
    expect(await reasonOf(`[${'1 '.repeat(499_000)}`)).toContain('column 4')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('reads keys that are named like parts of objects as keys', async () => {
    const { snapshot } = await parsed('{"__proto__": {"x": 1}, "constructor": 2}')
    expect(Object.keys(valueOf(snapshot, 'value') as object)).toEqual(['__proto__', 'constructor'])
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  it('is refused where its field is not text, or not there', () => {
    const fields = { n: 'number', t: 'string' } as const
    const of = (config: Json) => () => build(specOf(called('p', node('parseJson', config)), { fields }))
    expect(of({ from: 'n' })).toThrow('t: "n" is number, not string')
    expect(of({ from: 'x' })).toThrow('t: there is no field "x"')
    expect(of({ from: 't', key: 'x' })).toThrow('t: there is no field "x"')
  })
})
