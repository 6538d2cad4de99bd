import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { unaryTest } from 'feelin'
import { describe, expect, it } from 'vitest'
import { constantsOf } from '../check/constants.ts'
import { witnessesOf } from '../check/regions.ts'
import { parseDmn } from '../dmn/parse.ts'
import { freeNames } from '../expression/children.ts'
import { createLowering } from '../expression/lower.ts'
import { namesFrom } from '../expression/names.ts'
import { readCell } from '../expression/read.ts'
import { cells } from '../testing/tables.ts'
import { envOf } from '../testing/evaluate.ts'
import { textOf } from '../values/text.ts'
import { isContext, kindOf, type Context, type Kind, type Value } from '../values/value.ts'
import { toFeelin } from './feelin-values.ts'

const lowering = createLowering()

/**
 * Values of the kinds that the cell is about: those around its constants. Of other kinds feelin takes some that ours
 * does not (it compares as JavaScript does), and null passes `not(…)` there and does not here.
 */
function valuesFor(tree: Parameters<typeof constantsOf>[0], names: Context): Value[] {
  const named = Object.values(names).flatMap((value) => (isContext(value) ? Object.values(value) : [value]))
  const constants = [...(constantsOf(tree) ?? []), ...named]
  const kinds = new Set<Kind>(constants.map(kindOf))
  return [...kinds].flatMap((kind) => witnessesOf(kind, constants) ?? []).filter((one) => one !== null)
}

function feelinTakes(cell: string, context: Record<string, unknown>): boolean {
  try {
    return unaryTest(cell, context).value === true
  } catch {
    return false // a range of truths, for one
  }
}

/** Cells on which the two do not agree about a value. */
function disagreements(cell: string, names: Context = {}): string[] {
  const { tree } = readCell(cell, namesFrom(Object.keys(names)))
  const matches = lowering.cell(tree)
  const others = Object.fromEntries(Object.entries(names).map(([name, value]) => [name, toFeelin(value)]))
  return valuesFor(tree, names).flatMap((value) => {
    const ours = matches(value, envOf(names)) === true
    const theirs = feelinTakes(cell, { ...others, '?': toFeelin(value) })
    return ours === theirs ? [] : [`${cell} asked about ${textOf(value, () => undefined, true)}: ${String(ours)}`]
  })
}

const cases = new URL('../../../../../shared/fixtures/dmn-tck/', import.meta.url)
const tables = existsSync(cases)
  ? readdirSync(cases, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.dmn'))
      .flatMap((file) => {
        const parsed = parseDmn(readFileSync(new URL(file, cases), 'utf8'))
        return parsed.ok
          ? parsed.model.decisions.flatMap(({ logic }) => (logic?.box === 'table' ? [logic.table] : []))
          : []
      })
  : []

/** The names that a cell uses, each with the value, or with parts that have it. */
function namesIn(text: string, value: Value): Context {
  const names = freeNames(readCell(text, new Map()).tree)
  return Object.fromEntries(
    names.map((name): [string, Value] => {
      const parts = [...text.matchAll(/\.(\w+)/g)].map(([, part = '']): [string, Value] => [part, value])
      return [name, parts.length > 0 ? Object.fromEntries(parts) : value]
    }),
  )
}

describe('unary tests mean what they mean to feelin', () => {
  it.skipIf(tables.length === 0)('in every cell of the conformance cases', () => {
    const texts = new Set(tables.flatMap(({ rules }) => rules.flatMap(({ when }) => when)))
    expect(texts.size).toBeGreaterThan(50)
    // Truths under a name are left out: feelin takes them for the answer (0036 expects what ours does).
    const found = [...texts].flatMap((text) => [1, 'a'].flatMap((value) => disagreements(text, namesIn(text, value))))
    expect(found).toEqual([])
  })

  it.each(Object.entries(cells))('in random cells about a %s', (_, cell) => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(disagreements(text)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('in random cells about durations, times and moments', () => {
    const duration = fc.integer({ min: -30, max: 30 }).map((n) => `duration("${n < 0 ? '-' : ''}PT${Math.abs(n)}H")`)
    const months = fc.integer({ min: 0, max: 30 }).map((n) => `duration("P${n}M")`)
    const time = fc.integer({ min: 0, max: 23 }).map((n) => `time("${String(n).padStart(2, '0')}:30:00")`)
    const moment = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('', 'Z', '+02:00'))
      .map(([n, zone]) => `date and time("2026-01-0${n}T10:00:00${zone}")`)
    const test = fc
      .oneof(duration, months, time, moment)
      .chain((one) => fc.constantFrom('', '< ', '<= ', '> ', '>= ', '!= ').map((is) => `${is}${one}`))
    fc.assert(
      fc.property(test, (text) => {
        expect(disagreements(text)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
