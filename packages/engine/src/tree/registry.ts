import type { AnyDefinition, LeafDefinition, ParentDefinition } from './definition.ts'

/** Which ops exist. */
export type Registry = ReadonlyMap<string, AnyDefinition>

export function createRegistry(definitions: readonly AnyDefinition[]): Registry {
  const registry = new Map<string, AnyDefinition>()
  for (const definition of definitions) {
    const { op } = definition
    if (op === '' || op.includes('/')) throw new Error(`"${op}" cannot be an op: it is part of node ids`)
    if (registry.has(op)) throw new Error(`the op "${op}" is defined twice`)
    registry.set(op, definition)
  }
  return registry
}

/** Infers a leaf's config and prepared types, and keeps its op; nothing else. */
export function defineNode<Config, Prepared = Config, Services = unknown, const Op extends string = string>(
  definition: LeafDefinition<Services, Config, Prepared> & { op: Op },
): LeafDefinition<Services, Config, Prepared> & { op: Op } {
  return definition
}

/** Infers the config and prepared types of a composite or decorator, and keeps its shape; nothing else. */
export function defineParent<
  Config,
  Prepared = Config,
  Services = unknown,
  const Op extends string = string,
  const Kind extends ParentDefinition['kind'] = ParentDefinition['kind'],
  const Children extends ParentDefinition['children'] = undefined,
>(
  definition: ParentDefinition<Services, Config, Prepared> & { op: Op; kind: Kind; children?: Children },
): ParentDefinition<Services, Config, Prepared> & { op: Op; kind: Kind; children?: Children } {
  return definition
}
