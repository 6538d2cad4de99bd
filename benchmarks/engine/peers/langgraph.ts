import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import type { Tally } from '../workloads/leaves.ts'

/** So many nodes, one after the other; a run of it. */
export function chainOf(length: number, tally: Tally): () => Promise<number> {
  const state = Annotation.Root({ at: Annotation<number> })
  // Its types know the names of nodes that are written out only.
  const graph = new StateGraph(state) as unknown as {
    addNode(name: string, run: (state: { at: number }) => Promise<{ at: number }>): void
    addEdge(from: string, to: string): void
    compile(): { invoke(state: { at: number }, options: object): Promise<{ at: number }> }
  }
  for (let at = 0; at < length; at++) {
    graph.addNode(`n${at}`, async (before) => {
      tally.steps++
      return { at: before.at + 1 }
    })
    graph.addEdge(at === 0 ? START : `n${at - 1}`, `n${at}`)
  }
  graph.addEdge(`n${length - 1}`, END)
  const compiled = graph.compile()
  return async () => {
    tally.steps = 0
    const { at } = await compiled.invoke({ at: 0 }, { recursionLimit: length + 5 })
    if (at !== length) throw new Error(`LangGraph stopped at ${at} of ${length}.`)
    return tally.steps
  }
}
