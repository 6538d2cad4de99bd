import { describe, expect, it } from 'vitest'
import { parse, print, type Condition } from '../index.ts'

function read(text: string): Condition {
  const result = parse(text)
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.faults)}`)
  return result.condition
}

describe('the grammar', () => {
  it.each<[string, Condition]>([
    ['severity = high', { op: 'compare', field: 'severity', is: '==', value: 'high' }],
    ['severity=="high"', { op: 'compare', field: 'severity', is: '==', value: 'high' }],
    ['a.b >= c.d', { op: 'compare', field: 'a.b', is: '>=', value: { path: 'c.d' } }],
    ['a <= {{ limit }}', { op: 'compare', field: 'a', is: '<=', value: { path: 'limit' } }],
    ['a > -1.5', { op: 'compare', field: 'a', is: '>', value: -1.5 }],
    ['a == TRUE', { op: 'compare', field: 'a', is: '==', value: true }],
    ['a == "true"', { op: 'compare', field: 'a', is: '==', value: 'true' }],
    ['id == CUST-456', { op: 'compare', field: 'id', is: '==', value: 'CUST-456' }],
    ['version == "1.2"', { op: 'compare', field: 'version', is: '==', value: '1.2' }],
    ['day >= 2026-01-31', { op: 'compare', field: 'day', is: '>=', value: '2026-01-31' }],
    [
      'day < 2026-01-31T10:00:00.5+01:00',
      { op: 'compare', field: 'day', is: '<', value: '2026-01-31T10:00:00.5+01:00' },
    ],
    [
      'reason in [missing, "too late", 3, x.y]',
      { op: 'in', field: 'reason', values: ['missing', 'too late', 3, { path: 'x.y' }] },
    ],
    ['status NOT IN [a]', { op: 'not_in', field: 'status', values: ['a'] }],
    [`note contains 'it\\'s \\\\ "so"\\n'`, { op: 'contains', field: 'note', value: 'it\'s \\ "so"\n' }],
    ['exists order_id', { op: 'exists', field: 'order_id' }],
    ['order_id Exists', { op: 'exists', field: 'order_id' }],
    ['missing order_id', { op: 'missing', field: 'order_id' }],
    ['{{missing}} missing', { op: 'missing', field: 'missing' }],
    ['order_date within 30 DAYS', { op: 'within', field: 'order_date', amount: 30, unit: 'days' }],
    ['at outside 1 hour', { op: 'outside', field: 'at', amount: 1, unit: 'hours' }],
    ['at within 90 minutes', { op: 'within', field: 'at', amount: 90, unit: 'minutes' }],
    ['at outside 2 weeks', { op: 'outside', field: 'at', amount: 14, unit: 'days' }],
    ['data.selected_service', { op: 'truthy', field: 'data.selected_service' }],
    ['x == null', { op: 'missing', field: 'x' }],
    ['x != NULL', { op: 'exists', field: 'x' }],
    ['días_año >= 3', { op: 'compare', field: 'días_año', is: '>=', value: 3 }],
  ])('reads `%s`', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each([
    ['a or b and not c', 'a OR b AND NOT c'],
    ['(a or b) and c', '(a OR b) AND c'],
    ['a OR (b AND c)', 'a OR b AND c'],
    ['not a == 1 And b', 'NOT a == 1 AND b'],
    ['not (a and b)', 'NOT (a AND b)'],
    ['not not a', 'NOT NOT a'],
    ['((a))', 'a'],
    ['a and (b and c)', 'a AND (b AND c)'],
    ['a\n  and b\t==1', 'a AND b == 1'],
  ])('gives `%s` the meaning `%s`', (text, expected) => {
    expect(print(read(text))).toBe(expected)
    expect(read(expected)).toEqual(read(text))
  })

  it('binds AND closer than OR and NOT closest', () => {
    expect(read('a or b and not c')).toEqual({
      op: 'or',
      of: [
        { op: 'truthy', field: 'a' },
        {
          op: 'and',
          of: [
            { op: 'truthy', field: 'b' },
            { op: 'not', of: { op: 'truthy', field: 'c' } },
          ],
        },
      ],
    })
  })
})

describe('text that does not parse', () => {
  it.each([
    ['', 1, 1, 'The condition is empty.', 'Write for example `status == delivered`.'],
    ['   ', 1, 1, 'The condition is empty.', 'Write for example `status == delivered`.'],
    ['status is delivered', 1, 8, 'Expected AND, OR or the end, found `is`.', 'Write `==`, `exists` or `missing`.'],
    [
      'risk == very high',
      1,
      14,
      'Expected AND, OR or the end, found `high`.',
      'Join conditions with AND or OR; put text of several words in quotes.',
    ],
    ['a == 1 &&\n b == 2', 1, 8, '`&&` means nothing here.', 'Write `AND`.'],
    ['a == 1 AND\n  b => 2', 2, 5, '`=>` means nothing here.', 'Write `>=`.'],
    ['a ==', 1, 5, 'Expected a value, found the end.', 'Write a value; put text with signs in quotes.'],
    ['a == )', 1, 6, 'Expected a value, found `)`.', 'Write a value; put text with signs in quotes.'],
    ['a == or b', 1, 6, 'Expected a value, found `or`.', 'Write a value; put text with signs in quotes.'],
    ['a > null', 1, 5, 'A comparison with null is never true.', 'Ask with `exists` or `missing`.'],
    ['a in [1, null]', 1, 10, 'A comparison with null is never true.', 'Ask with `exists` or `missing`.'],
    ['a >= true', 1, 3, 'True and false have no order.', 'Compare with `==` or `!=`.'],
    ['80 <= risk', 1, 1, 'Expected a field, found `80`.', 'Begin with the field, as in `status == delivered`.'],
    ['"a" == b', 1, 1, 'Expected a field, found `"a"`.', 'Begin with the field, as in `status == delivered`.'],
    ['in == 3', 1, 1, 'Expected a field, found `in`.', 'If a field has this name, write `{{in}}`.'],
    ['a..b == 3', 1, 1, '`a..b` is not a field.', 'Write a name or a path such as `order.status`.'],
    ['v == 1.2.3', 1, 6, '`1.2.3` is neither a word nor a field.', 'Put it in quotes: "1.2.3".'],
    ['(a == 1', 1, 1, 'This `(` is not closed.', 'Add `)`.'],
    [
      '(a b',
      1,
      4,
      'Expected AND, OR or `)`, found `b`.',
      'Join conditions with AND or OR; put text of several words in quotes.',
    ],
    ['a == 1)', 1, 7, 'This `)` closes nothing.', 'Remove it, or open `(` before.'],
    [
      'a in delivered',
      1,
      6,
      'Expected a list, found `delivered`.',
      'Write the values in brackets: `in [delivered, shipped]`.',
    ],
    ['a in []', 1, 7, 'The list is empty, so nothing is in it.', 'Name at least one value.'],
    ['a in [x y]', 1, 9, 'Expected `,` or `]`, found `y`.', 'Separate values by commas and close the list with `]`.'],
    [
      'a not contains b',
      1,
      3,
      'Expected AND, OR or the end, found `not`.',
      'Put NOT before the whole condition, as in `not (tags contains vip)`.',
    ],
    ['d within thirty days', 1, 10, 'Expected a number, found `thirty`.', 'Write a number such as 30.'],
    ['d within -3 days', 1, 10, 'A span of time is not negative.', 'Write 3.'],
    [
      'd within 30',
      1,
      12,
      'Expected `days`, `hours`, `minutes` or `weeks`, found the end.',
      'Write for example `within 30 days`.',
    ],
    ['d within 1e308 weeks', 1, 10, '`1e308` is too large.', 'Write a smaller number.'],
    ['d >= 2026-02-30', 1, 6, 'There is no date 2026-02-30.', 'Write year-month-day; quote it if it is no date.'],
    ["a == 'it", 1, 6, 'This quote is not closed.', "Close it with '."],
    ['a == 10€', 1, 8, '`€` means nothing here.', 'Put text with signs in quotes.'],
    [
      'a == 12345678901234567890',
      1,
      6,
      '`12345678901234567890` has more digits than a number can hold.',
      'Put it in quotes, as text: "12345678901234567890".',
    ],
    [
      'a in [1, -9007199254740993]',
      1,
      10,
      '`-9007199254740993` has more digits than a number can hold.',
      'Put it in quotes, as text: "-9007199254740993".',
    ],
    ['a == 1e999', 1, 6, '`1e999` is too large.', 'Write a smaller number.'],
    ['total: 5', 1, 6, '`:` means nothing here.', 'Write `==`.'],
  ])('says of %j that at %i:%i: %s', (text, line, column, message, fix) => {
    expect(parse(text)).toEqual({ ok: false, faults: [{ message, line, column, fix }] })
  })
})
