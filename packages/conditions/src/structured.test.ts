import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { compile, fromStructured, print } from './index.ts'

const printed = (input: unknown): string => {
  const result = fromStructured(input)
  return result.ok ? print(result.condition) : JSON.stringify(result.faults)
}

describe('the structured form', () => {
  it.each([
    [{ field: 'order_date', operator: 'within_days', value: 30 }, 'order_date within 30 days'],
    [{ field: 'at', operator: 'outside_hours', value: 2 }, 'at outside 2 hours'],
    [{ field: 'at', operator: 'within_minutes', value: 15 }, 'at within 15 minutes'],
    [{ field: 'at', operator: 'outside_weeks', value: 2 }, 'at outside 14 days'],
    [{ field: 'status', operator: 'in', value: ['delivered', 'too late'] }, 'status in [delivered, "too late"]'],
    [{ field: 'order_id', operator: 'neq', value: '' }, 'order_id != ""'],
    [{ field: 'order_id', operator: 'exists' }, 'order_id exists'],
    [{ field: 'x', operator: 'eq', value: null }, 'x missing'],
    [{ field: 'x', operator: 'neq', value: null }, 'x exists'],
    [{ field: 'x', operator: 'gte', value: { path: 'y' } }, 'x >= {{y}}'],
    [{ field: 'x', operator: 'eq', value: 'c.d' }, 'x == "c.d"'],
  ])('takes %j for `%s`', (input, text) => {
    expect(printed(input)).toBe(text)
  })

  it('does not hold for `neq ""` on a field that is not there', () => {
    const result = fromStructured({ field: 'order_id', operator: 'neq', value: '' })
    expect(result.ok && compile(result.condition).evaluate({ read: () => undefined, now: 0 })).toBeUndefined()
    expect(result.ok && compile(result.condition).evaluate({ read: () => 'ORD-1', now: 0 })).toBe(true)
  })

  it('lists the known operators when one is unknown, and names the likely one', () => {
    expect(fromStructured({ field: 'x', operator: '>=', value: 3 })).toEqual({
      ok: false,
      faults: [
        {
          message:
            '`>=` is no operator. Known are eq, neq, gt, gte, lt, lte, in, not_in, contains, exists, missing, ' +
            'within_days, outside_days, within_hours, outside_hours, within_minutes, outside_minutes, ' +
            'within_weeks, outside_weeks.',
          fix: 'Write `gte`.',
          key: 'operator',
          line: 1,
          column: 1,
        },
      ],
    })
  })

  it.each([
    [{ field: 'x', operator: 'constructor', value: 3 }, 'operator'],
    [{ field: 'x', operator: '__proto__', value: 3 }, 'operator'],
    [{ field: 'x', operator: 7, value: 3 }, 'operator'],
    [{ field: '', operator: 'eq', value: 3 }, 'field'],
    [{ field: 'a b', operator: 'eq', value: 3 }, 'field'],
    [{ operator: 'eq', value: 3 }, 'field'],
    [{ field: 'x', operator: 'eq' }, 'value'],
    [{ field: 'x', operator: 'gt', value: null }, 'value'],
    [{ field: 'x', operator: 'gt', value: true }, 'value'],
    [{ field: 'x', operator: 'in', value: 'delivered' }, 'value'],
    [{ field: 'x', operator: 'in', value: [] }, 'value'],
    [{ field: 'x', operator: 'exists', value: false }, 'value'],
    [{ field: 'x', operator: 'within_days', value: '30' }, 'value'],
    [{ field: 'x', operator: 'within_days', value: -1 }, 'value'],
    [{ field: 'x', operator: 'within_weeks', value: 1e308 }, 'value'],
    [{ field: 'x', operator: 'within_weeks', value: '2' }, 'value'],
    [{ field: 'x', operator: 'eq', value: { a: 1 } }, 'value'],
    [{ field: 'x', operator: 'eq', value: 3, unit: 'days' }, undefined],
    ['x == 3', undefined],
    [null, undefined],
    [JSON.parse('{"field":"x","operator":"eq","value":3,"__proto__":{"a":1}}'), undefined],
  ])('refuses %j because of its %s', (input, key) => {
    const result = fromStructured(input)
    expect(result.ok ? [] : result.faults.map((fault) => fault.key)).toEqual([key])
  })

  it('reports every key at fault at once', () => {
    const result = fromStructured({ field: 3, operator: 'is', value: 3, note: 'x' })
    expect(result.ok ? [] : result.faults.map((fault) => fault.key)).toEqual([undefined, 'field', 'operator'])
  })
})

const fixtures = new URL('../../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)

describe.skipIf(!existsSync(fixtures))('procedures written for the earlier engine', () => {
  it('have only structured conditions that we understand', () => {
    const found: unknown[] = []
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('field' in value && 'operator' in value) found.push(value)
      else Object.values(value).forEach(collect)
    }
    for (const file of readdirSync(fixtures)) collect(parseYaml(readFileSync(new URL(file, fixtures), 'utf8')))
    expect(found.length).toBeGreaterThan(8)
    expect(found.filter((input) => !fromStructured(input).ok)).toEqual([])
  })
})
