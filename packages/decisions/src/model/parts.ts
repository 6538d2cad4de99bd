import type { Decision, InputData, Knowledge, Model, Reference, Service } from './model.ts'

/** A part of one of the models that are compiled together. */
export type Part = { key: string; model: Model; name: string; type: string | undefined } & (
  | { kind: 'input'; of: InputData }
  | { kind: 'decision'; of: Decision }
  | { kind: 'knowledge'; of: Knowledge }
  | { kind: 'service'; of: Service }
)

export type Parts = ReadonlyMap<string, Part>

export const keyOf = (model: Model, { id, namespace }: Reference): string => `${namespace ?? model.namespace}#${id}`

export function partsOf(models: readonly Model[]): Parts {
  const parts = new Map<string, Part>()
  const add = (part: Part): void => {
    parts.set(part.key, part)
  }
  for (const model of models) {
    const head = (of: { id: string; name: string; type?: string }) => ({
      key: keyOf(model, of),
      model,
      name: of.name,
      type: of.type,
    })
    for (const of of model.inputs) add({ kind: 'input', of, ...head(of) })
    for (const of of model.decisions) add({ kind: 'decision', of, ...head(of) })
    for (const of of model.knowledge) add({ kind: 'knowledge', of, ...head(of) })
    for (const of of model.services) add({ kind: 'service', of, ...head(of) })
  }
  return parts
}

/** The parts that a part needs, as far as they exist. */
export function requiredBy(part: Part, parts: Parts): Part[] {
  const references = part.kind === 'decision' || part.kind === 'knowledge' ? part.of.requires : []
  return found(references, part, parts)
}

export const found = (references: readonly Reference[], part: Part, parts: Parts): Part[] =>
  references.map((reference) => parts.get(keyOf(part.model, reference))).filter((one) => one !== undefined)
