import type { NodeSpec } from '@copse/engine'
import type { z } from 'zod'
import type { FlowContext } from '../context.ts'
import type { Transition } from '../transition.ts'

/** One action of a state. A new one is a file and a line in all.ts. */
export interface FlowAction<Shape = unknown> {
  action: string
  shape: z.ZodType<Shape>
  read(shape: Shape, around: Around): Done
}

export const defineAction = <Shape>(action: FlowAction<Shape>): FlowAction => action

/** What an action may know of where it stands. Paths in the context are relative to the action. */
export interface Around {
  /** The state, or the task. */
  step: string
  context: FlowContext
  /** What the state waits for afterwards, its own transitions and the global ones. Undefined in a task: nobody waits. */
  transitions: readonly Transition[] | undefined
}

/** What an action becomes. */
export interface Done {
  /** `onError`: the exit of the state that a failure names. */
  node: (onError?: string) => NodeSpec
  /** Present where it can fail; a state to go to then, if the author names one. */
  failing?: { to: string | undefined }
}
