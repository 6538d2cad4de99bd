import type { Condition } from '@copse/conditions'
import { isChain } from './condition-fields.ts'
import type { Data, Domain, Mask } from './domain.ts'

export interface Fork {
  holds: boolean
  data: Data
}

/**
 * Splits data by whether a condition holds: each fork is the part of it on which the answer is the same. `want: false`
 * asks whether the condition is false, which what is unknown is not.
 */
export function ask(domain: Domain, condition: Condition, data: Data, want = true): Fork[] {
  if (condition.op === 'not') return ask(domain, condition.of, data, !want)
  if (!isChain(condition)) {
    const answers = domain.answers(condition)
    if (!answers) return eitherWay(data)
    const yes = want ? answers.yes : answers.no
    const { index } = answers.field
    const mask = data[index]!
    return [
      ...((mask & yes) === 0n ? [] : [{ holds: true, data: narrowed(data, index, mask & yes) }]),
      ...((mask & ~yes) === 0n ? [] : [{ holds: false, data: narrowed(data, index, mask & ~yes) }]),
    ]
  }
  // `and` is true when all parts are; it is false as soon as one part is. `or` the other way round.
  const needsAll = (condition.op === 'and') === want
  const settled: Fork[] = []
  let open: Data[] = [data]
  for (const part of condition.of) {
    const next: Data[] = []
    for (const one of open) {
      for (const fork of ask(domain, part, one, want)) {
        if (fork.holds === needsAll) next.push(fork.data)
        else settled.push({ holds: !needsAll, data: fork.data })
      }
    }
    open = distinct(next)
  }
  return [
    ...settled.filter(({ data: one }, at) => !sameBefore(settled, one, at)),
    ...open.map((one) => ({ holds: needsAll, data: one })),
  ]
}

const eitherWay = (data: Data): Fork[] => [
  { holds: true, data },
  { holds: false, data },
]

export function narrowed(data: Data, index: number, mask: Mask): Data {
  if (data[index] === mask) return data
  const copy = [...data]
  copy[index] = mask
  return copy
}

const isSame = (a: Data, b: Data): boolean => a === b || a.every((mask, at) => mask === b[at])
const sameBefore = (forks: readonly Fork[], data: Data, before: number): boolean =>
  forks.slice(0, before).some((fork) => isSame(fork.data, data))
const distinct = (all: Data[]): Data[] => all.filter((data, at) => !all.slice(0, at).some((one) => isSame(one, data)))
