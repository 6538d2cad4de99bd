import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { compile, parse } from '@copse/conditions'
import { describe, expect, it } from 'vitest'
import type { SessionLog } from '../replay/log.ts'
import { recordSession } from '../replay/record.ts'
import { replay } from '../replay/replay.ts'
import type { TraceEvent } from '../run/events.ts'
import type { TurnContext } from '../run/turn.ts'
import { compileExample, parseExample, playExample, type Example } from '../testing/example.ts'
import { watched } from '../testing/watched.ts'
import type { Test } from '../tree/definition.ts'
import type { Json } from '../tree/json.ts'
import type { NodeSpec } from '../tree/spec.ts'
import { nodes } from './all.ts'

const files = globSync('*/*.example.yaml', { cwd: import.meta.dirname }).toSorted()
const examples = files.map((file): [string, Example] => [
  basename(file, '.example.yaml'),
  parseExample(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')),
])

function condition(json: Json): Test {
  const parsed = parse(json as string)
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join(' '))
  return compile(parsed.condition)
}

const opsIn = ({ op, children = [] }: NodeSpec): string[] => [op, ...children.flatMap(opsIn)]

describe('the examples', () => {
  it('are there for every node, named as its op', () => {
    expect(examples.map(([op]) => op).toSorted()).toEqual(nodes.map(({ op }) => op).toSorted())
  })

  it.each(examples)('of %s use it', (op, { tree }) => {
    const { root, subtrees = {} } = tree as unknown as { root: NodeSpec; subtrees?: Record<string, { root: NodeSpec }> }
    expect([root, ...Object.values(subtrees).map((subtree) => subtree.root)].flatMap(opsIn)).toContain(op)
  })

  const runs = examples.flatMap(([op, example]) =>
    example.runs.map((run, index) => ({ op, number: index + 1, example, run })),
  )
  it.each(runs)('of $op do what they say: $number', async ({ example, run }) => {
    const played = await playExample(compileExample(example, condition), run)
    const compared = Object.fromEntries(
      Object.keys(run.outcome).map((key) => [key, played[key as keyof typeof played]]),
    )
    const { cells } = run.outcome
    if (cells !== undefined) {
      const keys = Object.keys(cells)
      compared['cells'] = Object.fromEntries(keys.map((key) => [key, played.cells[key] ?? null]))
    }
    expect(compared).toEqual(run.outcome)
  })

  it.each(runs)('of $op are seen by a live view as they are: $number', async ({ example, run }) => {
    const tree = compileExample(example, condition)
    await playExample(tree, run, watched(tree))
  })

  it.each(runs)('of $op do the same again in a replay: $number', async ({ example, run }) => {
    const tree = compileExample(example, condition)
    const recorder = recordSession(tree)
    const trace: TraceEvent[] = []
    const listening = (context: TurnContext): TurnContext => ({ ...context, subscribe: (event) => trace.push(event) })
    await playExample(tree, run, {
      advance: (state, context) => recorder.advance(state, listening(context)),
      cancel: (snapshot, context) => recorder.cancel(snapshot, listening(context)),
    })
    const log = JSON.parse(JSON.stringify(recorder.log)) as SessionLog
    expect((await replay(tree, log, { jobs: {} })).trace).toEqual(trace)
  })
})
