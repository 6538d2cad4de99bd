import type { LeafConfig } from '@copse/contracts'
import type { Globals } from '../parse/globals.ts'
import { leaf } from '../steps/leaf.ts'
import { endTarget, globalsStage, type StageGraph } from './stage-graph.ts'

type Config = LeafConfig<'globals'>

/** The graph with what its author says about what customers can always say. `language`: of texts that name none. */
export function withGlobals(graph: StageGraph, given: Globals, language: string): StageGraph {
  if (Object.keys(given).length === 0) return graph
  const config: Config = { step: globalsStage }
  for (const name of ['cancel', 'person', 'forget', 'repeat', 'corrections', 'questions'] as const) {
    const own = given[name]
    if (own === undefined) continue
    if (typeof own !== 'object') {
      config[name] = { off: true }
      continue
    }
    const say = 'say' in own ? own.say : undefined
    const text = typeof say === 'string' ? { [language]: say } : say
    const words = 'words' in own ? own.words : undefined
    config[name] = { ...(text ? { say: text } : {}), ...(words ? { words } : {}) }
  }
  const node = leaf('globals', config, globalsStage)
  return { ...graph, stages: [...graph.stages, { id: globalsStage, node, exits: { success: endTarget } }] }
}
