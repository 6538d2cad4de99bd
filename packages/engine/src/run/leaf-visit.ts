import type { Ctx, EffectOptions, Perform } from '../tree/definition.ts'
import { EngineFault } from '../tree/faults.ts'
import { performEffect } from './effect.ts'
import type { EffectOutcome } from './journal.ts'
import { named, passageOf, type Entered } from './passage.ts'
import type { EngineEvent } from './snapshot.ts'
import type { State } from './state.ts'
import { Visit } from './visit.ts'

/** The `Ctx` of one visit of a leaf. A leaf may hold on to it until it settles. */
export class LeafVisit extends Visit implements Ctx {
  #event: EngineEvent | undefined

  constructor(session: State, index: number, event?: EngineEvent) {
    super(session, index)
    this.#event = event
  }

  event(): EngineEvent | undefined {
    const event = this.#event
    this.#event = undefined
    return event
  }

  async effect(name: string, args: Parameters<Ctx['effect']>[1], options: EffectOptions, perform: Perform) {
    const outcome: EffectOutcome = await performEffect(this.live(), this.index, { name, args, options, perform })
    this.live()
    return outcome
  }

  exit(name: string, by?: string): void {
    const session = this.live()
    const stages = session.tree.near.stages[this.index]!
    if (stages < 0) throw new EngineFault('no_stage', `it named the exit "${name}" but stands in no stage`)
    const passage = passageOf(session.memories.get(stages))
    session.memories.set(stages, { ...passage, named: named(name, by) })
  }
  entered(): Entered | undefined {
    const stages = this.session.tree.near.stages[this.index]!
    return stages < 0 ? undefined : passageOf(this.session.memories.get(stages)).entered
  }
}
