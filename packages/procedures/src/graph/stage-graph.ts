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

/**
 * Stages that no author writes: a dead end, an outside system that cannot be reached, a customer who wants a person,
 * and one whom we do not know.
 */
export const handoffStage = '$handoff'
export const unavailableStage = '$unavailable'
export const personStage = '$person'
export const unidentifiedStage = '$unidentified'
/** The customer fell silent: a person is told, or the session ends. */
export const silentStage = '$silent'
export const silentEndStage = '$silent_end'
/** The customer corrected what they said before; and one who did so too late for us to take back what was done. */
export const correctStage = '$correct'
export const correctedStage = '$corrected'
/** Entered by nobody: holds what the author says about what customers can always say. */
export const globalsStage = '$globals'
/** Entered by nobody but the timer that it was scheduled with. */
export const taskStage = (id: string): string => `$task:${id}`
/** Where a subprocedure gives back: led to by its `end`, and by an end with another outcome than `resolved`. */
export const returnTarget = '$return'
export const failTarget = '$fail'
/** Entered by nobody: it holds when tasks run that are nobody's. */
export const standingStage = '$standing'
/** Reserved targets of the `stages` node. */
export const endTarget = 'end'
export const backTarget = '$back'

export const destination = (target: Target): string => (typeof target === 'string' ? target : target.to)
