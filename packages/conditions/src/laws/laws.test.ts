import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isChain, type Condition, type Env, type Explanation } from '../condition.ts'
import { compile, fromStructured, not, parse, print, validateCondition } from '../index.ts'
import { condition, field, leaf, literal, text, world } from './arbitrary.ts'
import { layouts } from './layouts.ts'
import { spellings } from './spellings.ts'

const value = (of: Condition, env: Env): boolean | undefined => compile(of).evaluate(env)
const canonical = (text: string): Condition => {
  const result = parse(text)
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.faults)}`)
  return result.condition
}
const partsOf = (c: Condition): Condition[] => (c.op === 'not' ? [c.of] : isChain(c) ? c.of : [])
const negated = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth)

describe('one condition, whatever it is written in', () => {
  it('reads back what it prints', () => {
    fc.assert(
      fc.property(condition, (c) => {
        expect(canonical(print(c))).toEqual(c)
      }),
      { numRuns: 500 },
    )
  })

  it('reads the same however it is laid out, and prints it in one way', () => {
    fc.assert(
      fc.property(condition.chain(layouts), ({ condition: c, text: written }) => {
        expect([written, canonical(written)]).toEqual([written, c])
        expect(print(canonical(written))).toBe(print(c))
      }),
      { numRuns: 500 },
    )
  })

  it('survives being frozen as JSON', () => {
    fc.assert(
      fc.property(condition, (c) => {
        expect(validateCondition(JSON.parse(JSON.stringify(c)))).toEqual(c)
      }),
    )
  })

  it('has the same canonical form for structured and textual conditions', () => {
    fc.assert(
      fc.property(field, spellings, (name, { operator, value: given, text: write }) => {
        const structured = fromStructured({ field: name, operator, value: given })
        expect(structured).toEqual({ ok: true, condition: canonical(write(`{{${name}}}`)) })
      }),
      { numRuns: 500 },
    )
  })
})

describe('the logic', () => {
  it('keeps De Morgan with unknowns', () => {
    fc.assert(
      fc.property(condition, condition, world, (a, b, env) => {
        expect(value(not({ op: 'and', of: [a, b] }), env)).toBe(value({ op: 'or', of: [not(a), not(b)] }, env))
        expect(value(not({ op: 'or', of: [a, b] }), env)).toBe(value({ op: 'and', of: [not(a), not(b)] }, env))
        expect(value(not(not(a)), env)).toBe(value(a, env))
      }),
    )
  })

  it('gives a leaf and its negated operator opposite values, or unknown to both', () => {
    const pairs = [
      ['in', 'not_in'],
      ['exists', 'missing'],
      ['within', 'outside'],
    ] as const
    const opposites = new Map<string, string>(
      pairs.flatMap(([a, b]) => [
        [a, b],
        [b, a],
      ]),
    )
    fc.assert(
      fc.property(leaf, world, (l, env) => {
        const contrary =
          l.op === 'compare' && (l.is === '==' || l.is === '!=')
            ? { ...l, is: l.is === '==' ? '!=' : '==' }
            : { ...l, op: opposites.get(l.op) }
        fc.pre(contrary.op !== undefined)
        expect(value(contrary as Condition, env)).toBe(negated(value(l, env)))
      }),
      { numRuns: 300 },
    )
  })

  it('treats `in` as `==` with one of the list', () => {
    fc.assert(
      fc.property(leaf, world, (l, env) => {
        fc.pre(l.op === 'in')
        const each: Condition[] = l.values.map((v) => ({ op: 'compare', field: l.field, is: '==', value: v }))
        expect(value(l, env)).toBe(value({ op: 'or', of: each }, env))
      }),
      { numRuns: 500 },
    )
  })

  it('puts two values that have an order into exactly one of <, == and >', () => {
    fc.assert(
      fc.property(field, literal, world, (name, v, env) => {
        fc.pre(typeof v !== 'boolean')
        const is = (sign: '<' | '==' | '>'): boolean | undefined =>
          value({ op: 'compare', field: name, is: sign, value: v }, env)
        if (is('<') !== undefined) expect([is('<'), is('=='), is('>')].filter(Boolean)).toHaveLength(1)
      }),
    )
  })

  it('lets a missing field satisfy nothing but `missing`, negated or not', () => {
    fc.assert(
      fc.property(leaf, fc.constantFrom(undefined, null), (l, nothing) => {
        const env: Env = { read: (path) => (path === l.field ? nothing : 'something'), now: 0 }
        const expected = l.op === 'missing' ? true : l.op === 'exists' ? false : undefined
        expect(value(l, env)).toBe(expected)
        expect(value(not(l), env)).toBe(negated(expected))
      }),
      { numRuns: 300 },
    )
  })

  it('explains every part, by its text and the value that it has alone', () => {
    const check = (c: Condition, explained: Explanation, env: Env): void => {
      expect(explained).toMatchObject({ text: print(c), value: value(c, env) ?? null })
      expect(explained.of?.length ?? 0).toBe(partsOf(c).length)
      for (const [index, part] of partsOf(c).entries()) check(part, explained.of![index]!, env)
      if ('field' in c) expect(explained).toMatchObject({ field: c.field, actual: env.read(c.field) ?? null })
    }
    fc.assert(fc.property(condition, world, (c, env) => check(c, compile(c).explain(env), env)))
  })

  it('explains with the value that it evaluates to, in plain JSON', () => {
    fc.assert(
      fc.property(condition, world, (c, env) => {
        const compiled = compile(c)
        const explanation = compiled.explain(env)
        expect(explanation.value).toBe(compiled.evaluate(env) ?? null)
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation)
      }),
    )
  })

  it('reads no field that it does not name', () => {
    fc.assert(
      fc.property(condition, world, (c, env) => {
        const compiled = compile(c)
        const read = new Set<string>()
        compiled.explain({ ...env, read: (path) => (read.add(path), env.read(path)) })
        expect([...read].sort()).toEqual([...compiled.fields].sort())
      }),
    )
  })
})

describe('text from anybody', () => {
  it('is parsed or refused with a place inside the text, never thrown at', () => {
    const piece = fc.constantFrom(
      ...' ( ) [ ] , == = ! < >= {{a}} {{ " \' \\ not and or in exists within 30 days 2 weeks a a.b -5 1e999 1e-999 2026-01-31 \n'.split(
        ' ',
      ),
      ' ',
    )
    const soup = fc.oneof(
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(' ')),
      text,
      // Half characters included.
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc
        .array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 6 })
        .map((codes) => String.fromCharCode(...codes)),
    )
    fc.assert(
      fc.property(soup, (source) => {
        const result = parse(source)
        if (result.ok) {
          expect(canonical(print(result.condition))).toEqual(result.condition)
          return
        }
        const [fault] = result.faults
        expect(fault?.message).toMatch(/\.$/)
        expect(fault?.message.isWellFormed()).toBe(true)
        const line = source.split('\n')[(fault?.line ?? 0) - 1]
        expect(line).toBeDefined()
        expect(fault?.column).toBeGreaterThan(0)
        expect(fault?.column).toBeLessThanOrEqual((line ?? '').length + 1)
      }),
      { numRuns: 2000 },
    )
  })
})
