import { describe, expect, it } from 'vitest'
import { checkTypes, parse, type Schema } from '../index.ts'

const schema: Schema = {
  name: 'string',
  total: 'number',
  vip: 'boolean',
  ordered: 'date',
  status: { enum: ['delivered', 'shipped', 'in transit'] },
  level: { enum: [1, 2, 'high'] },
  tags: { list: 'string' },
  order: { object: { status: 'string', lines: { list: { object: { price: 'number' } } } } },
  extra: 'any',
}

function faults(text: string, strict = false) {
  const result = parse(text)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return checkTypes(result.condition, schema, { places: result.places, strict })
}

describe('what the language gives a meaning is no fault', () => {
  it.each([
    'name >= 80',
    'name == 5',
    'name in [1, "2"]',
    'name within 30 days',
    'total within 30 days',
    'ordered within 2 hours',
    'ordered >= 2026-01-01 and ordered < "2026-01-01T10:00:00Z"',
    'name >= 2026-01-01',
    'ordered < {{name}}',
    'ordered contains "2026-"',
    'name contains 66',
    'tags contains 5',
    'tags.0 == vip',
    'order.lines.3.price < {{total}}',
    'status == DELIVERED',
    'status in [shipped, "In Transit"]',
    'status contains ship',
    'status != {{name}}',
    'level == 2 or level == High',
    'vip == true or vip != {{vip}}',
    'vip or total or order or tags',
    'order exists and order.lines missing',
    'extra.anything.at.all > 3 and extra == {{tags}}',
    'extra contains x or extra within 3 days',
    'status == {{extra.part}}',
  ])('`%s`', (text) => {
    expect(faults(text)).toEqual([])
  })
})

describe('a type fault', () => {
  it.each([
    ['totl > 3', 'unknown_field', 'There is no field `totl`.', 'Did you mean `total`?'],
    [
      'weather == fine',
      'unknown_field',
      'There is no field `weather`.',
      'Known are name, total, vip, ordered, status, level, tags, order, ….',
    ],
    ['order.state exists', 'unknown_field', '`order` has no part `state`.', 'Did you mean `order.status`?'],
    ['order.x exists', 'unknown_field', '`order` has no part `x`.', 'Known are order.status, order.lines.'],
    ['total.net > 3', 'unknown_field', '`total` is a number and has no part `net`.', 'Write `total`.'],
    [
      'tags.first == x',
      'unknown_field',
      '`tags` is a list and has no part `first`.',
      'Its items are `tags.0`, `tags.1`, …',
    ],
    ['constructor exists', 'unknown_field', 'There is no field `constructor`.', /^Known are/],
    ['order.__proto__ exists', 'unknown_field', '`order` has no part `__proto__`.', /^Known are/],
    ['total > {{limit.max}}', 'unknown_field', 'There is no field `limit.max`.', /^Known are/],

    ['tags == vip', 'list_compared', '`tags` is a list, which is never compared as a whole.', /`tags contains …`/],
    ['tags in [a, b]', 'list_compared', '`tags` is a list, which is never compared as a whole.', /`tags\.0`/],
    ['tags > 3', 'list_compared', '`tags` is a list, which is never compared as a whole.', /./],
    [
      'total > {{tags}}',
      'list_compared',
      /^`total` is a number, which is neither before nor after `tags`, a list/,
      /./,
    ],
    ['order == x', 'object_compared', '`order` is an object, which is never compared as a whole.', /`order\.status`/],

    ['total == high', 'never_equal', '`total` is a number, which never equals the text high.', /./],
    [
      'total == "80"',
      'never_equal',
      '`total` is a number, which never equals the text "80".',
      'Write 80 without quotes.',
    ],
    ['total in [1, high]', 'never_equal', '`total` is a number, which never equals the text high.', /./],
    ['total == {{name}}', 'never_equal', '`total` is a number, which never equals `name`, text.', /./],
    [
      'name == true',
      'never_equal',
      '`name` is text, which never equals true.',
      'Write "true" in quotes if that is the text.',
    ],
    ['vip == yes', 'never_equal', '`vip` is true or false, which never equals the text yes.', /true or false/],
    ['ordered == soon', 'never_equal', '`ordered` is a date, which never equals the text soon.', /2026-01-31/],
    ['ordered != 30', 'never_equal', '`ordered` is a date, which never equals the number 30.', /2026-01-31/],
    ['tags contains true', 'never_equal', 'An item of `tags` is text, which never equals true.', /quotes/],

    ['status == delivred', 'outside_enum', '`status` is never the text delivred.', 'Did you mean `delivered`?'],
    [
      'status != lost',
      'outside_enum',
      '`status` is never the text lost.',
      'Known are delivered, shipped, "in transit".',
    ],
    ['status in [shipped, lost]', 'outside_enum', '`status` is never the text lost.', /^Known are/],
    ['level == 3', 'outside_enum', '`level` is never the number 3.', 'Known are 1, 2, high.'],
    ['status contains lost', 'outside_enum', '`status` never contains the text lost.', /^Known are/],

    ['vip > {{vip}}', 'no_order', /^`vip` is true or false, which is neither before nor after `vip`/, /equality/],
    ['total >= high', 'no_order', '`total` is a number, which is neither before nor after the text high.', /./],
    [
      'total > "80"',
      'no_order',
      '`total` is a number, which is neither before nor after the text "80".',
      /without quotes/,
    ],
    ['total > 2026-01-01', 'no_order', /the date 2026-01-01\.$/, /./],
    ['ordered > 30', 'no_order', '`ordered` is a date, which is neither before nor after the number 30.', /2026-01-31/],
    ['ordered < soon', 'no_order', /./, /2026-01-31/],
    ['status > 3', 'no_order', /^`status` is one of delivered, shipped, "in transit", which is neither/, /./],
    ['total < {{name}}', 'no_order', /./, /./],

    ['total contains 5', 'nothing_inside', '`total` is a number; only text and lists contain something.', /`==`/],
    ['vip contains x', 'nothing_inside', '`vip` is true or false; only text and lists contain something.', /`==`/],
    ['order contains x', 'nothing_inside', '`order` is an object; only text and lists contain something.', /`==`/],
    ['name contains {{tags}}', 'list_compared', '`name` is text, which contains no `tags`, a list.', /./],

    ['vip within 30 days', 'no_time', '`vip` is true or false, not a date or a number.', /counted/],
    ['tags outside 3 hours', 'no_time', '`tags` is a list, not a date or a number.', /counted/],
    ['status within 3 hours', 'no_time', /not a date or a number\.$/, /counted/],
  ])('of `%s` is %s', (text, code, message, fix) => {
    const found = faults(text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ code })
    for (const [said, expected] of [
      [found[0]?.message, message],
      [found[0]?.fix, fix],
    ] as const) {
      if (typeof expected === 'string') expect(said).toBe(expected)
      else expect(said).toMatch(expected)
    }
  })

  it('says which value it is about, where the text has line and column', () => {
    expect(faults('total > 3 and\n  (status in [shipped,\n lost] or totl == {{nam}})')).toMatchObject([
      { code: 'outside_enum', field: 'status', line: 3, column: 2, offset: 38 },
      { code: 'unknown_field', field: 'totl', line: 3, column: 11 },
      { code: 'unknown_field', field: 'nam', line: 3, column: 19 },
    ])
  })

  it('has no place when nobody tells where the condition stood', () => {
    const result = parse('vip > x')
    expect(result.ok && checkTypes(result.condition, schema)).toEqual([
      {
        code: 'no_order',
        field: 'vip',
        message: '`vip` is true or false, which is neither before nor after the text x.',
        fix: 'Compare it for equality with true or false.',
      },
    ])
  })

  it('is said once of a field, whatever it is compared with', () => {
    expect(faults('tags in [a, b, c]')).toHaveLength(1)
    expect(faults('totl in [a, 3, {{vip}}]')).toHaveLength(1)
  })
})

describe('strictly', () => {
  it.each(['name >= 80', 'name > high', 'name within 3 days', 'level > 1', 'level contains h', 'ordered < {{name}}'])(
    '`%s` may be unknown',
    (text) => {
      expect(faults(text, true)).toMatchObject([{ code: 'may_be_unknown' }])
    },
  )

  it.each(['total >= 80', 'name == 80', 'ordered > 2026-01-01', 'status > d', 'tags contains 3', 'extra > 3'])(
    '`%s` has an answer',
    (text) => {
      expect(faults(text, true)).toEqual([])
    },
  )
})
