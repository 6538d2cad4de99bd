import type { AnyDefinition } from './definition.ts'

export interface Arity {
  min: number
  max: number
}

const usual: Record<AnyDefinition['kind'], Arity> = {
  leaf: { min: 0, max: 0 },
  decorator: { min: 1, max: 1 },
  composite: { min: 1, max: Number.POSITIVE_INFINITY },
}

/** How many children a spec may give a node of this kind. */
export function arityOf(definition: AnyDefinition): Arity {
  return (definition.kind !== 'leaf' && definition.children) || usual[definition.kind]
}
