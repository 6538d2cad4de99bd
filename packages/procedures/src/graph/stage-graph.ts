import type { NodeSpec } from '@copse/engine'

/** Where an exit leads: a stage, `end`, `$back`; with `return`, the target comes back here when it succeeds. */
export type Target = string | { to: string; return: true }

/** What a step becomes: a small subtree with named exits. `node` is named after the stage. */
export interface Stage {
  id: string
  node: NodeSpec
  exits: Record<string, Target>
}

export interface StageGraph {
  id: string
  version: string
  initial: string
  stages: Stage[]
  aliases: Record<string, string>
}

/** Stages that no author writes: what happens at a dead end, and when an outside system cannot be reached. */
export const handoffStage = '$handoff'
export const unavailableStage = '$unavailable'
/** Reserved targets of the `stages` node. */
export const endTarget = 'end'
export const backTarget = '$back'

export const destination = (target: Target): string => (typeof target === 'string' ? target : target.to)
