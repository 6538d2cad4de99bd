import type { AnyDefinition } from '@copse/engine'
import { call } from './call.ts'
import { choose } from './choose.ts'
import { classify } from './classify.ts'
import { collect } from './collect.ts'
import { confirm } from './confirm.ts'
import { decide } from './decide.ts'
import { end } from './end.ts'
import { handoff } from './handoff.ts'
import { missing } from './missing.ts'
import { pause } from './pause.ts'
import { say } from './say.ts'

/** Every leaf that talks. A new one is a file and a line here. */
export const leafDefinitions: AnyDefinition[] = [
  collect,
  call,
  decide,
  classify,
  say,
  choose,
  pause,
  confirm,
  handoff,
  missing,
  end,
] as AnyDefinition[]
