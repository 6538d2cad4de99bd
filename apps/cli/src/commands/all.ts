import type { Command } from '../command.ts'
import { backup } from './backup.ts'
import { deadLetters } from './dead-letters.ts'
import { effects } from './effects.ts'
import { forget } from './forget.ts'
import { handoffs } from './handoffs.ts'
import { owner } from './owner.ts'
import { redrive } from './redrive.ts'
import { resolve } from './resolve.ts'
import { restore } from './restore.ts'
import { say } from './say.ts'
import { sessions } from './sessions.ts'
import { status } from './status.ts'
import { tail } from './tail.ts'
import { timers } from './timers.ts'
import { verify } from './verify.ts'
import { why } from './why.ts'

/** What asks a tenant, or looks after its data. A new command is its file and a line here. */
export const operating: readonly Command[] = [
  status,
  sessions,
  why,
  tail,
  effects,
  resolve,
  timers,
  deadLetters,
  redrive,
  handoffs,
  owner,
  say,
  backup,
  restore,
  verify,
  forget,
]
