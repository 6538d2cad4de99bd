import { expectTypeOf, it } from 'vitest'
import type { Nodes } from '../nodes/all.ts'
import type { Json } from '../tree/json.ts'
import type { Builder } from './builder.ts'
import type { ConfigOf } from './node.ts'

type Free = Builder<{ fields: undefined; subtrees: undefined }>
type Built<Op extends keyof Free> = Written<Parameters<Free[Op]>[1]>
/** What is undefined is not written down. */
type Written<T> = Json extends T ? T : T extends object ? { [Key in keyof T]: Written<Exclude<T[Key], undefined>> } : T
type Defined<Op> = ConfigOf<Extract<Nodes[number], { op: Op }>>

it('every node of the list is known by its own op', () => {
  expectTypeOf<
    string extends Nodes[number]['op'] ? 'define it with its op, so that the builder has a method' : 'known'
  >().toEqualTypeOf<'known'>()
})

it('what is asked for more closely than a definition asks is still what the definition takes', () => {
  expectTypeOf<Built<'if'>>().toExtend<Defined<'if'>>()
  expectTypeOf<Built<'switch'>>().toExtend<Defined<'switch'>>()
  expectTypeOf<Built<'stages'>>().toExtend<Defined<'stages'>>()
  expectTypeOf<Built<'randomSelector'>>().toExtend<Defined<'randomSelector'>>()
  expectTypeOf<Built<'gather'>>().toExtend<Defined<'gather'>>()
  expectTypeOf<Built<'subtree'>>().toExtend<Defined<'subtree'>>()
  expectTypeOf<Built<'timeout'>>().toExtend<Defined<'timeout'>>()
  expectTypeOf<Built<'cooldown'>>().toExtend<Defined<'cooldown'>>()
  expectTypeOf<Built<'cache'>>().toExtend<Defined<'cache'>>()
  expectTypeOf<Built<'return'>>().toExtend<Defined<'return'>>()
  expectTypeOf<Built<'compensate'>>().toExtend<Defined<'compensate'>>()
  expectTypeOf<Built<'write'>>().toExtend<Defined<'write'>>()
  expectTypeOf<Built<'wait'>>().toExtend<Defined<'wait'>>()
  expectTypeOf<Built<'job'>>().toExtend<Defined<'job'>>()
  expectTypeOf<Built<'log'>>().toExtend<Defined<'log'>>()
  expectTypeOf<Built<'parseJson'>>().toExtend<Defined<'parseJson'>>()
  // @ts-expect-error: so a config of something else would be seen
  expectTypeOf<Built<'log'>>().toExtend<Defined<'job'>>()
})
