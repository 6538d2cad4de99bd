import { expect, test } from 'vitest'
import { Blackboard, ROOT } from './blackboard.ts'
import type { Cell } from './snapshot.ts'
import type { Json } from '../tree/json.ts'
import type { Scopes } from '../tree/tree.ts'

function board(values: Record<string, Json>, aliases: Record<string, string> = {}): Blackboard {
  const cells = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, by: 'tool' as const }]))
  return new Blackboard(cells, scopesOf(aliases))
}

function scopesOf(aliases: Record<string, string>): Scopes {
  return { kinds: new Map(), aliases: new Map([[ROOT, new Map(Object.entries(aliases))]]), under: () => ROOT }
}

test('a dotted path reads into a value', () => {
  const { read } = bound(board({ order: { items: [{ sku: 'A' }], total: 9 } }))
  expect(read('order.total')).toBe(9)
  expect(read('order.items.0.sku')).toBe('A')
  expect(read('order.items.1.sku')).toBeUndefined()
  expect(read('order.total.cents')).toBeUndefined()
  expect(read('nothing')).toBeUndefined()
})

test('a key that contains dots is found before the parts of a path', () => {
  const { read } = bound(board({ 'order.total': 1, order: { total: 2, tax: 3 } }))
  expect(read('order.total')).toBe(1)
  expect(read('order.tax')).toBe(3)
})

test('only own properties are read', () => {
  const { read } = bound(board({ order: { name: 'x' }, list: [1] }))
  for (const path of [
    'order.constructor',
    'order.__proto__',
    'order.name.length',
    'list.map',
    'constructor',
    '__proto__',
  ]) {
    expect(read(path)).toBeUndefined()
  }
})

test('a key named like a part of Object is a key like any other', () => {
  const own = board(JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, Json>)
  expect(own.read(ROOT, '__proto__.polluted')).toBe(true)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  expect(Object.keys(own.cells(ROOT))).toEqual(['__proto__'])
})

test('a name with nothing stored under it reads through its alias; what is stored wins', () => {
  const aliases = { order_status: 'order_data.status', status: 'order_status', alert: 'alert_data' }
  const own = board({ order_data: { status: 'shipped' }, alert_data: { account: { id: 'A1' } } }, aliases)
  expect(own.read(ROOT, 'order_status')).toBe('shipped')
  expect(own.read(ROOT, 'status')).toBe('shipped')
  expect(own.read(ROOT, 'alert.account.id')).toBe('A1')
  own.set(ROOT, 'order_status', 'lost', 'customer')
  expect(own.read(ROOT, 'order_status')).toBe('lost')
})

test('aliases in a circle read as missing', () => {
  const { read } = bound(board({}, { a: 'b', b: 'a', c: 'c.x' }))
  expect(read('a')).toBeUndefined()
  expect(read('c')).toBeUndefined()
})

test('an unconfirmed value reads as missing, also through an alias and by path, until it is set again', () => {
  const own = board({ order: { id: 'O1' } }, { order_id: 'order.id' })
  expect(own.unconfirm(ROOT, 'order')).toBe(true)
  expect(own.unconfirm(ROOT, 'order')).toBe(false)
  expect(own.unconfirm(ROOT, 'nothing')).toBe(false)
  expect(own.read(ROOT, 'order')).toBeUndefined()
  expect(own.read(ROOT, 'order.id')).toBeUndefined()
  expect(own.read(ROOT, 'order_id')).toBeUndefined()
  expect(own.cell(ROOT, 'order')).toEqual({ value: { id: 'O1' }, by: 'tool', unconfirmed: true })
  own.set(ROOT, 'order', { id: 'O2' }, 'customer')
  expect(own.read(ROOT, 'order_id')).toBe('O2')
  expect(own.cell(ROOT, 'order')).toEqual({ value: { id: 'O2' }, by: 'customer' })
})

test('an unconfirmed value does not let its alias answer instead', () => {
  const own = board({ status: 'old', order: { status: 'shipped' } }, { status: 'order.status' })
  own.unconfirm(ROOT, 'status')
  expect(own.read(ROOT, 'status')).toBeUndefined()
})

test('the cells it was made of stay as they were', () => {
  const cells: Record<string, Cell> = { a: { value: 1, by: 'tool' } }
  const own = new Blackboard(cells, scopesOf({}))
  own.set(ROOT, 'a', 2, 'model')
  own.set(ROOT, 'b', 3, 'model')
  own.unconfirm(ROOT, 'a')
  expect(cells).toEqual({ a: { value: 1, by: 'tool' } })
})

const bound = (own: Blackboard) => ({ read: (path: string) => own.read(ROOT, path) })
