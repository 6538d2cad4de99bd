import type { assert } from '../nodes/leaves/assert.ts'
import type { fail } from '../nodes/leaves/fail.ts'
import type { wait } from '../nodes/leaves/wait.ts'
import type { Called, ConfigOf, NameOrNull } from './node.ts'
import type { Path, ValueAt } from './paths.ts'
import type { Scope } from './scope.ts'

/** Leaves, as they are built: a name, and the config as in JSON where there is one. */
export interface Leaves<S extends Scope> {
  succeed<const N extends NameOrNull>(name: N): Called<N, 'succeed'>
  fail: Leaf<'fail', ConfigOf<typeof fail>>
  wait: Leaf<'wait', ConfigOf<typeof wait>>
  assert: Leaf<'assert', ConfigOf<typeof assert>>
  write<const N extends NameOrNull, const P extends Path<S['fields']>>(
    name: N,
    config: { key: P; value: ValueAt<S['fields'], NoInfer<P>> },
  ): Called<N, 'write'>
}

type Leaf<Op extends string, Config> = <const N extends NameOrNull>(name: N, config: Config) => Called<N, Op>
