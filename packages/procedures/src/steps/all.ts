import { collectInfo } from './collect-info.ts'
import { end } from './end.ts'
import { evaluate } from './evaluate.ts'
import { inform } from './inform.ts'
import type { StepAction } from './step.ts'
import { toolCall } from './tool-call.ts'

/** Every step action. A new one is a file and a line here. */
export const actions: readonly StepAction[] = [collectInfo, toolCall, evaluate, inform, end]
