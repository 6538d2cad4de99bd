import type { cache } from '../nodes/decorators/cache.ts'
import type { cooldown } from '../nodes/decorators/cooldown.ts'
import type { Json } from '../tree/json.ts'
import type { Infer } from '../tree/infer.ts'
import type { Fields, FieldType } from '../tree/fields.ts'
import type { Called, ConfigOf, NameOrNull, Node } from './node.ts'
import type { Declared, Path, PathFor, PathTo } from './paths.ts'
import type { PortsOf, Scope, SubtreePorts, Subtrees } from './scope.ts'

/** Decorators whose config speaks of the blackboard, and what is entered like one. */
export interface Decorators<S extends Scope> {
  /** All that goes in is given, as a field or a value; what comes out goes to fields that take it. */
  subtree<const N extends NameOrNull, const Use extends Enterable<S['subtrees']>>(
    name: N,
    config: { use: Use; inherit?: true } & Wiring<S['fields'], PortsFor<S['subtrees'], NoInfer<Use>>>,
  ): Called<N, 'subtree'>
  timeout<const N extends NameOrNull>(
    name: N,
    config: { ms: number; until?: never } | { until: Path<S['fields']>; ms?: never },
    child: Node,
    fallback?: Node,
  ): Called<N, 'timeout'>
  cooldown: Around<
    'cooldown',
    Omit<ConfigOf<typeof cooldown>, 'per'> & { per?: [Path<S['fields']>, ...Path<S['fields']>[]] }
  >
  cache: Around<'cache', Omit<ConfigOf<typeof cache>, 'by'> & { by?: Path<S['fields']>[] }>
  return: Around<'return', { value: Json; path?: never } | { path: Path<S['fields']>; value?: never }>
  compensate<const N extends NameOrNull>(
    name: N,
    config: { keep?: Path<S['fields']>[] },
    child: Node,
    undo: Node,
  ): Called<N, 'compensate'>
}

type Around<Op extends string, Config> = <const N extends NameOrNull>(
  name: N,
  config: Config,
  child: Node,
) => Called<N, Op>

type Enterable<S extends Subtrees | undefined> = S extends Subtrees ? keyof S & string : never

type PortsFor<S extends Subtrees | undefined, Use> = S extends Subtrees
  ? Use extends keyof S
    ? PortsOf<S[Use]>
    : never
  : never

/** Ports to what they are connected with. */
export type Wiring<F extends Declared, Ports extends SubtreePorts> = Inputs<F, Ports['in']> & Outputs<F, Ports['out']>

type Inputs<F extends Declared, In> =
  HasPorts<In> extends true
    ? {
        in: {
          [Port in keyof In]: In[Port] extends FieldType ? PathTo<F, In[Port]> | { value: Infer<In[Port]> } : never
        }
      }
    : { in?: Record<string, never> }

type Outputs<F extends Declared, Out> =
  HasPorts<Out> extends true
    ? { out?: { [Port in keyof Out]?: Out[Port] extends FieldType ? PathFor<F, Out[Port]> : never } }
    : { out?: Record<string, never> }

type HasPorts<Ports> = Ports extends Fields ? ([keyof Ports] extends [never] ? false : true) : false
