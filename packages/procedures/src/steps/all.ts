import { collectInfo } from './collect-info.ts'
import { confirm } from './confirm.ts'
import { decide } from './decide.ts'
import { end } from './end.ts'
import { evaluate } from './evaluate.ts'
import { handoff } from './handoff.ts'
import { inform } from './inform.ts'
import { saveMemory } from './save-memory.ts'
import { schedule } from './schedule.ts'
import type { StepAction } from './step.ts'
import { subprocedure } from './subprocedure.ts'
import { toolCall } from './tool-call.ts'
import { wait } from './wait.ts'

/** Every step action. A new one is a file and a line here. */
export const actions: readonly StepAction[] = [
  collectInfo,
  toolCall,
  evaluate,
  decide,
  inform,
  confirm,
  handoff,
  wait,
  schedule,
  subprocedure,
  saveMemory,
  end,
]
