import { branches } from './branches.ts'
import { cycle } from './cycle.ts'
import { deadEnd } from './dead-end.ts'
import { delivery } from './delivery.ts'
import { heardAsStop } from './heard-as-stop.ts'
import type { Look } from './judged.ts'
import { notAskedAgain } from './not-asked-again.ts'
import { repeats } from './repeats.ts'
import { offeredAs } from './offered-as.ts'
import { outsideWindow } from './outside-window.ts'
import { translations } from './translations.ts'
import { readBeforeWrite } from './read-before-write.ts'
import { transitions } from './transitions.ts'
import { unreached } from './unreached.ts'

/** Everything that is looked for beyond what the compiler says. A new kind of finding is a file and a line here. */
export const looks: readonly Look[] = [
  deadEnd,
  cycle,
  readBeforeWrite,
  branches,
  transitions,
  repeats,
  notAskedAgain,
  unreached,
  delivery,
  offeredAs,
  heardAsStop,
  outsideWindow,
  translations,
]
