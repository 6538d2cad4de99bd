import type { AnyDefinition } from '../tree/definition.ts'
import { ifNode } from './composites/if.ts'
import { parallel } from './composites/parallel.ts'
import { selector } from './composites/selector.ts'
import { sequence } from './composites/sequence.ts'
import { stages } from './composites/stages.ts'
import { forceFailure } from './decorators/force-failure.ts'
import { forceSuccess } from './decorators/force-success.ts'
import { invert } from './decorators/invert.ts'
import { assert } from './leaves/assert.ts'
import { fail } from './leaves/fail.ts'
import { succeed } from './leaves/succeed.ts'
import { wait } from './leaves/wait.ts'
import { write } from './leaves/write.ts'

/** The engine's own nodes. A new one is one file and one line here. */
const all = [
  sequence,
  selector,
  ifNode,
  stages,
  parallel,

  invert,
  forceSuccess,
  forceFailure,

  succeed,
  fail,
  wait,
  write,
  assert,
] as const satisfies readonly AnyDefinition[]

export const nodes: readonly AnyDefinition[] = all

/** Their definitions by type, for the builder. */
export type Nodes = typeof all
