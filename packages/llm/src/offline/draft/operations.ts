import type { OperationManifest } from '@copse/contracts'
import { wordsOf } from './names.ts'

export interface Asked {
  key: string
  title: string
}

/** The one operation whose whole name stands in the sentence; undefined when none does, or several do. */
export function named(sentence: string, operations: readonly OperationManifest[]): OperationManifest | undefined {
  const words = wordsOf(sentence)
  const found = operations.filter(({ name }) =>
    name.split('_').every((part) => words.has(part.replace(/(?<=\w{3})s$/, ''))),
  )
  return found.length === 1 ? found[0] : undefined
}

/** Up to three that speak of the same things, the likeliest first. */
export function alike(sentence: string, operations: readonly OperationManifest[]): OperationManifest[] {
  const words = wordsOf(sentence)
  const scored = operations.map((operation) => {
    const own = operation.name.split('_').filter((part) => part.length > 2 && words.has(part))
    return { operation, score: own.length }
  })
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ operation }) => operation)
}

/** Each argument that must be there, with what was asked for; undefined when one is missing. */
export function argumentsOf(
  { params, customer, contact }: OperationManifest,
  asked: readonly Asked[],
): { param: string; source: string }[] | undefined {
  const mappings: { param: string; source: string }[] = []
  for (const [param, { required, description, source }] of Object.entries(params)) {
    // Who the customer is comes from the channel; what has a source of its own needs no mapping.
    if (param === customer || param === contact || (!required && source !== undefined)) continue
    const fitting = asked.find(({ key, title }) => key === param || isOf(title, description))
    if (fitting) mappings.push({ param, source: fitting.key })
    else if (required) return undefined
  }
  return mappings
}

/** How an operation that takes it says that it looks. */
export function exampleOf(title: string, operations: readonly OperationManifest[]): string | undefined {
  for (const { params } of operations)
    for (const { description } of Object.values(params)) {
      const example = /\be\.g\. (\S+?)[,;.]?(?:\s|$)/.exec(description)?.[1]
      if (example !== undefined && isOf(title, description)) return example
    }
  return undefined
}

const isOf = (title: string, description: string): boolean => {
  const words = wordsOf(description)
  const own = title.toLowerCase().split(/\s+/)
  return own.every((word) => words.has(word.replace(/(?<=\w{3})s$/, '')))
}
