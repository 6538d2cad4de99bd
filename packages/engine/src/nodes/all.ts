import type { AnyDefinition } from '../tree/definition.ts'
import { gather } from './composites/gather.ts'
import { ifNode } from './composites/if.ts'
import { parallel } from './composites/parallel.ts'
import { randomSelector } from './composites/random-selector.ts'
import { reactiveSelector } from './composites/reactive-selector.ts'
import { reactiveSequence } from './composites/reactive-sequence.ts'
import { selector } from './composites/selector.ts'
import { sequence } from './composites/sequence.ts'
import { stages } from './composites/stages.ts'
import { subtree } from './composites/subtree.ts'
import { switchNode } from './composites/switch.ts'
import { cache } from './decorators/cache.ts'
import { compensate } from './decorators/compensate.ts'
import { cooldown } from './decorators/cooldown.ts'
import { finallyNode } from './decorators/finally.ts'
import { forceFailure } from './decorators/force-failure.ts'
import { forceSuccess } from './decorators/force-success.ts'
import { invert } from './decorators/invert.ts'
import { repeat } from './decorators/repeat.ts'
import { retry } from './decorators/retry.ts'
import { returnNode } from './decorators/return.ts'
import { terminable } from './decorators/terminable.ts'
import { timeout } from './decorators/timeout.ts'
import { whileNode } from './decorators/while.ts'
import { assert } from './leaves/assert.ts'
import { fail } from './leaves/fail.ts'
import { job } from './leaves/job.ts'
import { log } from './leaves/log.ts'
import { parseJson } from './leaves/parse-json.ts'
import { showBlackboard } from './leaves/show-blackboard.ts'
import { succeed } from './leaves/succeed.ts'
import { todo } from './leaves/todo.ts'
import { wait } from './leaves/wait.ts'
import { write } from './leaves/write.ts'

/** The engine's own nodes. A new one is one file and one line here. */
const all = [
  sequence,
  selector,
  reactiveSequence,
  reactiveSelector,
  parallel,
  gather,
  randomSelector,
  ifNode,
  switchNode,
  stages,
  subtree,

  invert,
  retry,
  repeat,
  whileNode,
  timeout,
  cooldown,
  forceSuccess,
  forceFailure,
  returnNode,
  cache,
  terminable,
  finallyNode,
  compensate,

  assert,
  wait,
  job,
  write,
  parseJson,
  showBlackboard,
  log,
  todo,
  succeed,
  fail,
] as const satisfies readonly AnyDefinition[]

export const nodes: readonly AnyDefinition[] = all

/** Their definitions by type, for the builder. */
export type Nodes = typeof all
