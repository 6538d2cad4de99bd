import type { Called, NameOrNull } from './node.ts'
import type { Path, ValueAt } from './paths.ts'
import type { Scope } from './scope.ts'

/** Leaves whose config speaks of the blackboard. */
export interface Leaves<S extends Scope> {
  write<const N extends NameOrNull, const P extends Path<S['fields']>>(
    name: N,
    config: { key: P; value: ValueAt<S['fields'], NoInfer<P>> },
  ): Called<N, 'write'>
}
