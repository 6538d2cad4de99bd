import type { Json, LeafConfig } from '@copse/contracts'
import type { TreeSpec } from '@copse/engine'
import { destination, globalsStage, type StageGraph } from '../graph/stage-graph.ts'
import { endingStages } from './endings.ts'

/** The graph as one `stages` node, with the endings that it uses. */
export function lower(graph: StageGraph): TreeSpec {
  const used = new Set<string>()
  for (const { exits } of graph.stages) for (const target of Object.values(exits)) used.add(destination(target))
  const stages = [...graph.stages, ...endingStages((id) => used.has(id), toPersonIn(graph))]
  const exits = Object.fromEntries(stages.map((stage) => [stage.id, stage.exits]))
  return {
    v: 1,
    id: graph.id,
    version: graph.version,
    ...(Object.keys(graph.aliases).length > 0 ? { aliases: graph.aliases } : {}),
    root: {
      op: 'stages',
      config: { initial: graph.initial, exits } satisfies Json,
      children: stages.map((stage) => stage.node),
    },
  }
}

/** What its author says to who asks for a person. */
function toPersonIn({ stages }: StageGraph): Record<string, string> | undefined {
  const config = stages.find(({ id }) => id === globalsStage)?.node.config as LeafConfig<'globals'> | undefined
  return config?.person?.say
}
