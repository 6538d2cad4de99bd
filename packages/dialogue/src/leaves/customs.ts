import { globalsLeaf, type LeafConfig } from '@copse/contracts'
import { Success, type NodeDefinition } from '@copse/engine'
import type { TurnScope } from '../turn-scope.ts'

/** Holds what the author says about what customers can always say; nobody enters it. */
export const customs: NodeDefinition<TurnScope, LeafConfig<'globals'>> = {
  op: 'globals',
  kind: 'leaf',
  config: globalsLeaf,
  run: () => Success,
}
