import type { AnyDefinition } from '@copse/engine'
import { call } from './call.ts'
import { cancelTask } from './cancel-task.ts'
import { choose } from './choose.ts'
import { classify } from './classify.ts'
import { collect } from './collect.ts'
import { confirm } from './confirm.ts'
import { correct } from './correct.ts'
import { customs } from './customs.ts'
import { decide } from './decide.ts'
import { end } from './end.ts'
import { enter } from './enter.ts'
import { handoff } from './handoff.ts'
import { keeping } from './kept.ts'
import { link } from './link.ts'
import { listen } from './listen.ts'
import { missing } from './missing.ts'
import { offer } from './offer.ts'
import { pass } from './pass.ts'
import { pause } from './pause.ts'
import { recover } from './recover.ts'
import { rest } from './rest.ts'
import { remember } from './remember.ts'
import { review } from './review.ts'
import { say } from './say.ts'
import { table } from './table.ts'
import { scheduleTask } from './schedule-task.ts'

/** A new one is a file and a line here. */
const leaves: AnyDefinition[] = [
  collect,
  call,
  decide,
  table,
  classify,
  say,
  choose,
  pause,
  confirm,
  review,
  link,
  handoff,
  missing,
  enter,
  offer,
  listen,
  recover,
  scheduleTask,
  cancelTask,
  rest,
  pass,
  remember,
  correct,
  customs,
  end,
] as AnyDefinition[]

/** Every leaf that talks. */
export const leafDefinitions: AnyDefinition[] = leaves.map(keeping)
