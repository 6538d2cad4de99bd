import type { job } from '../nodes/leaves/job.ts'
import type { log } from '../nodes/leaves/log.ts'
import type { Called, ConfigOf, NameOrNull } from './node.ts'
import type { Path, PathTo, SourceOf, ValueAt } from './paths.ts'
import type { Scope } from './scope.ts'

/** Leaves whose config speaks of the blackboard. */
export interface Leaves<S extends Scope> {
  /** A value, that of another field, or what was left last. */
  write<const N extends NameOrNull, const P extends Path<S['fields']>>(
    name: N,
    config: { key: P } & (
      | { value: ValueAt<S['fields'], NoInfer<P>>; from?: never; last?: never }
      | { from: SourceOf<S['fields'], NoInfer<P>>; value?: never; last?: never }
      | { last: true; value?: never; from?: never }
    ),
  ): Called<N, 'write'>
  wait: Leaf<'wait', Waited<S>>
  job: Leaf<'job', Omit<ConfigOf<typeof job>, 'with'> & { with?: Path<S['fields']>[] }>
  log: Leaf<'log', Omit<ConfigOf<typeof log>, 'show'> & { show?: Path<S['fields']>[] }>
  parseJson: Leaf<'parseJson', { from?: PathTo<S['fields'], 'string'>; key?: Path<S['fields']> }>
}

type Leaf<Op extends string, Config> = <const N extends NameOrNull>(name: N, config: Config) => Called<N, Op>

type Waited<S extends Scope> = Keyed<S> &
  (
    | { kind: 'input' | 'job' | 'approval' | 'event' }
    | { kind: 'timer'; forMs?: number; until?: never }
    | { kind: 'timer'; until: Path<S['fields']>; forMs?: never }
  )

type Keyed<S extends Scope> = { key?: string; keyFrom?: never } | { keyFrom: Path<S['fields']>; key?: never }
