import { compileProcedure } from '@copse/procedures'
import { parseDocument } from 'yaml'
import type { Benchmark, Result } from '../harness/benchmark.ts'
import { claimCounts, claimTimes } from '../harness/claim.ts'
import { race } from '../harness/race.ts'
import { least, processorMs } from './processor.ts'
import { flowOf, procedureOf } from './workloads/large.ts'

const SIZE = 500
const LIMIT_MS = 50

interface Node {
  children?: Node[]
}
const nodesIn = (node: Node): number => 1 + (node.children ?? []).reduce((sum, child) => sum + nodesIn(child), 0)

function compiled(source: string): { nodes: number; bytes: number } {
  const found = compileProcedure(source, { operations: {} })
  if (!found.ok) throw new Error(JSON.stringify(found.diagnostics[0]))
  return { nodes: nodesIn(found.procedure.tree.root), bytes: JSON.stringify(found.procedure.tree).length }
}

async function measured(id: string, what: string, write: (size: number) => string, quick: boolean): Promise<Result[]> {
  const source = write(SIZE)
  const cold = await processorMs(() => compiled(source))
  const rounds = quick ? 5 : 60
  const taken: number[] = []
  for (let round = 0; round < rounds; round++)
    taken.push(await processorMs(() => compileProcedure(source, { operations: {} })))
  const yaml: number[] = []
  for (let round = 0; round < rounds; round++) yaml.push(await processorMs(() => parseDocument(source)))
  const [half, whole] = [compiled(write(SIZE / 2)), compiled(source)]
  const { ours, alone } = await race({
    ours: { run: () => (compileProcedure(source, { operations: {} }).ok ? 1 : 0), steps: 1 },
    alone: { run: () => (parseDocument(source).errors.length === 0 ? 1 : 0), steps: 1 },
  })
  return [
    claimCounts({
      id: `${id}a`,
      what: `${what}, once warm: at most ${LIMIT_MS} ms of processor time`,
      unit: 'ms',
      ours: least(taken),
      reference: LIMIT_MS,
      versus: 'limit',
      goal: 1,
      also: { 'the first one of a process': cold, 'reading its YAML with the library alone': least(yaml) },
    }),
    claimTimes(
      {
        id: `${id}b`,
        what: `${what}: at most 3 times what its YAML takes to read`,
        versus: 'yaml, parseDocument',
        goal: 3,
      },
      ours,
      alone,
    ),
    claimCounts({
      id: `${id}c`,
      what: `${what}: nodes grow with the text, not faster`,
      unit: 'cases',
      ours: whole.nodes,
      reference: half.nodes,
      versus: 'nodes of one half as large',
      goal: 2.02,
      also: { 'bytes of the tree': whole.bytes, 'of the one half as large': half.bytes },
    }),
  ]
}

export const benchmark: Benchmark = {
  id: 'A1',
  measure: async ({ quick }) => [
    ...(await measured('A1', `compiling a procedure of ${SIZE} steps`, procedureOf, quick)),
    ...(await measured('A1f', `compiling a flow of ${SIZE} states`, flowOf, quick)),
  ],
}
