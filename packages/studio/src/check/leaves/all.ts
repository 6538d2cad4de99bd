import type { LeafOp } from '@copse/contracts'
import type { Walker } from '../walk/room.ts'
import { call } from './call.ts'
import { choose } from './choose.ts'
import { classify } from './classify.ts'
import { collect } from './collect.ts'
import { confirm } from './confirm.ts'
import { decide } from './decide.ts'
import { enter } from './enter.ts'
import { listen } from './listen.ts'
import { missing } from './missing.ts'
import { offer } from './offer.ts'
import { pass } from './pass.ts'
import { pause } from './pause.ts'
import { end, handoff, say } from './plain.ts'
import { recover } from './recover.ts'
import { remember } from './remember.ts'
import { rest } from './rest.ts'
import { review } from './review.ts'
import { table } from './table.ts'
import { cancelTask, scheduleTask } from './tasks.ts'

/** What can come of each leaf that talks. One that is not listed is taken to be able to leave by every exit. */
export const walkers: { [Op in LeafOp]?: Walker<Op> } = {
  collect,
  call,
  decide,
  table,
  pass,
  remember,
  classify,
  say,
  choose,
  pause,
  confirm,
  review,
  rest,
  schedule_task: scheduleTask,
  cancel_task: cancelTask,
  missing,
  enter,
  offer,
  listen,
  recover,
  handoff,
  end,
}
