import { describe, expect, it } from 'vitest'
import { build, called, node, play, specOf } from '../../testing/play.ts'
import type { Fields } from '../../tree/fields.ts'
import type { Json } from '../../tree/json.ts'
import type { NodeSpec } from '../../tree/spec.ts'
import { nodes } from '../all.ts'
import { defineAction } from './action.ts'

const order = { object: { id: 'string', total: 'number' } } as const

/** Types are inferred from the ports: what does not fit does not compile. */
const refund = defineAction({
  op: 'refund',
  in: { order, part: 'number', speed: { enum: ['slow', 'fast'] } },
  out: { amount: 'number', note: 'string' },
  run({ order, part, speed }, ctx) {
    const total: number | undefined = order.total
    const chosen: 'slow' | 'fast' = speed
    // @ts-expect-error a number is no text
    const wrong: string = part
    if (total === undefined || wrong === undefined) return ctx.fail('no_total', 'the order has no total')
    return { amount: total * part, note: chosen }
  },
})

const later = defineAction({
  op: 'later',
  in: {},
  out: { got: { list: 'any' } },
  by: 'model',
  run: async (_, ctx) => {
    await Promise.resolve()
    return ctx.read('fails') === true ? ctx.fail('late') : { got: [1, null] }
  },
})

// @ts-expect-error an output is missing
defineAction({ op: 'x', in: {}, out: { a: 'number' }, run: () => ({}) })

const lying = defineAction({ op: 'lying', in: {}, out: { n: 'number' }, run: () => ({ n: 'many' as never }) })

const definitions = [...nodes, refund, later, lying]
const compiled = (root: NodeSpec, fields?: Fields) => build(specOf(root, fields ? { fields } : {}), definitions)
const wired = (more: Json = {}): NodeSpec =>
  node('refund', {
    in: { order: 'order', part: { value: 0.5 }, speed: 'speed' },
    out: { amount: 'refunded' },
    ...(more as object),
  })
const cells = { order: { id: 'o1', total: 40 }, speed: 'fast' }

describe('an action', () => {
  it('gets its inputs from fields and values, and writes what its outputs are connected with', async () => {
    const root = called('r', node('sequence', undefined, wired(), called('n', node('later', { out: { got: 'it' } }))))
    const played = await play(compiled(root), { cells })
    expect(played.snapshot.scopes['']).toMatchObject({
      refunded: { value: 20, by: 'tool' },
      it: { value: [1, null], by: 'model' },
    })
    expect(Object.keys(played.snapshot.scopes[''])).toEqual(['order', 'speed', 'refunded', 'it'])
  })

  it('writes its outputs in one order, however they are listed: a tree is known by a hash that knows no order', async () => {
    const writes = async (out: { [port: string]: Json }) => {
      const { trace } = await play(compiled(wired({ out })), { cells })
      return trace.flatMap((event) => (event.kind === 'write' ? [event.key] : []))
    }
    expect(await writes({ amount: 'a', note: 'b' })).toEqual(['a', 'b'])
    expect(await writes({ note: 'b', amount: 'a' })).toEqual(['a', 'b'])
  })

  it('leaves all of its outputs as its result', async () => {
    const tree = build(specOf(wired(), { returns: true }), definitions)
    expect((await play(tree, { cells })).result).toEqual({ amount: 20, note: 'fast' })
  })

  it('fails with its own code, at once or later, and writes nothing then', async () => {
    const played = await play(compiled(wired()), { cells: { ...cells, order: { id: 'o1' } } })
    expect(played.failure).toEqual({ code: 'no_total', reason: 'the order has no total' })
    expect(played.snapshot.scopes['']).not.toHaveProperty('refunded')
    const failing = await play(compiled(node('later', { out: { got: 'it' } })), { cells: { fails: true } })
    expect(failing.failure?.code).toBe('late')
  })

  it.each<[Record<string, Json>, string]>([
    [{}, '"order" is missing'],
    [{ ...cells, order: 12 }, '"order" is not {id: string, total: number}'],
    [{ ...cells, order: { id: 'o1', total: '40' } }, '"order" is not'],
    [{ ...cells, speed: 'warp' }, '"speed" is not'],
    [{ ...cells, speed: null }, '"speed" is not'],
  ])('fails with bad_input, naming the port, when it is given %j', async (given, reason) => {
    const { failure } = await play(compiled(wired()), { cells: given })
    expect(failure?.code).toBe('bad_input')
    expect(failure?.reason).toContain(reason)
  })

  it('that gives what its port does not hold is a fault, and nothing is written', async () => {
    const played = await play(compiled(node('lying', { out: { n: 'n' } })))
    expect(played.fault).toMatchObject({ code: 'node_threw', node: 't' })
    expect(played.fault?.reason).toContain('"lying" gave at "n" what is not number')
    expect(played.snapshot.scopes['']).toEqual({})
  })
})

describe('the wiring of an action is refused', () => {
  const fields: Fields = { order, speed: 'string', refunded: 'string', any: 'any' }
  const input = (more: object): Json => ({ in: { order: 'any', part: { value: 1 }, speed: 'any', ...more } })
  it.each<[string, Json, string]>([
    ['an input is missing', { in: { order: 'any' } }, 'the port "part" of "refund" is not given'],
    ['there is no such port', input({ more: 'any' }), '"refund" has no port "more" that goes in'],
    ['an output is none', { ...(input({}) as object), out: { order: 'any' } }, 'has no port "order" that goes out'],
    ['a field is not there', input({ order: 'orders' }), 'there is no field "orders"'],
    ['a field is of another type', input({ speed: 'speed' }), '"speed" is string'],
    ['a value is of another type', input({ part: { value: 'half' } }), 'the port "part" of "refund" takes number'],
    [
      'a target is of another type',
      { ...(input({}) as object), out: { amount: 'refunded' } },
      '"refunded" takes string',
    ],
    ['a port is named like a part of Object', input({ constructor: 'any' }), 'has no port "constructor"'],
    ['something else is said', { ...(input({}) as object), at: 1 }, 't: '],
  ])('where %s', (_, config, message) => {
    expect(() => compiled(node('refund', config), fields)).toThrow(message)
  })

  it('but not where it fits', () => {
    const config = { in: { order: 'order', part: { value: 1 }, speed: { value: 'slow' } }, out: { note: 'refunded' } }
    expect(() => compiled(node('refund', config), fields)).not.toThrow()
  })
})
