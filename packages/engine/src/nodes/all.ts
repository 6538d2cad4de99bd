import type { AnyDefinition } from '../definition.ts'
import { assert } from './assert.ts'
import { fail } from './fail.ts'
import { forceSuccess } from './force-success.ts'
import { ifNode } from './if.ts'
import { invert } from './invert.ts'
import { selector } from './selector.ts'
import { sequence } from './sequence.ts'
import { stages } from './stages.ts'
import { succeed } from './succeed.ts'
import { wait } from './wait.ts'
import { write } from './write.ts'

/** The engine's own nodes. A new one is one file and one line here. */
export const nodes: readonly AnyDefinition[] = [
  sequence,
  selector,
  ifNode,
  stages,
  invert,
  forceSuccess,
  succeed,
  fail,
  wait,
  write,
  assert,
]
