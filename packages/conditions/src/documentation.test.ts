import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { checkTypes, compile, fromStructured, parse, print, type Schema } from './index.ts'
import { operators } from './operators/all.ts'

const page = readFileSync(new URL('../../../docs/reference/conditions.md', import.meta.url), 'utf8')

/** The lines of every block of a kind, with what was given before them. */
const examples = (kind: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${kind}\\n([^]*?)\`\`\``, 'g'))].flatMap(([, block = '']) => {
    let given: unknown
    let now = 0
    return block
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [, word, rest = ''] = /^(given|at) (.*)$/.exec(line) ?? []
        if (word === 'given') given = JSON.parse(rest)
        if (word === 'at') now = Date.parse(rest)
        return word === undefined ? [{ line, given, now }] : []
      })
  })

function halves(line: string, sign: string): [left: string, right: string] {
  const at = line.lastIndexOf(sign)
  return [line.slice(0, at).trim(), line.slice(at + sign.length).trim()]
}

const readOwn = (root: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, name) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
      root,
    )

describe('the page about conditions', () => {
  it.each(examples('conditions'))('is right about `$line`', ({ line, given, now }) => {
    const [text, expected] = halves(line, '→')
    const result = parse(text)
    if (!result.ok) throw new Error(JSON.stringify(result.faults))
    const truth = compile(result.condition).evaluate({ read: (path) => readOwn(given, path), now })
    expect(String(truth ?? 'unknown')).toBe(expected)
  })

  it.each(examples('refused'))('is right that this is refused: `$line`', ({ line, given }) => {
    const [text, message] = halves(line, '→')
    const result = parse(text)
    const faults = result.ok ? checkTypes(result.condition, given as Schema) : result.faults
    expect(faults).toMatchObject([{ message }])
  })

  it.each(examples('yaml'))('is right that both forms are the same: `$line`', ({ line }) => {
    const [structured, text] = halves(line, '#')
    const result = fromStructured(parseYaml(structured))
    expect(result.ok && print(result.condition)).toBe(text)
  })

  it('shows every operator', () => {
    const named = examples('yaml').map(({ line }) => (parseYaml(line) as { operator: string }).operator)
    expect(named.toSorted()).toEqual(operators.flatMap(({ structured }) => Object.keys(structured)).toSorted())
    expect(examples('conditions').length).toBeGreaterThan(40)
    expect(examples('refused').length).toBeGreaterThan(15)
  })
})
