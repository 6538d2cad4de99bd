import { NoRest, openConversation, type World } from './conversation.ts'
import { atTheEnd, unmet, type Failure } from './expect.ts'
import type { Performed } from './memory-journal.ts'
import type { Said } from './said.ts'
import { createOffers } from './offers.ts'
import { durationOf, type Scenario } from './scenario.ts'

export interface PlayedTurn extends Omit<Said, 'options'> {
  customer: string
  /** Titles. */
  options: string[]
  /** What was expected and did not come. */
  failures: Failure[]
}

export interface Played {
  name: string
  turns: PlayedTurn[]
  performed: Performed[]
  /** Those of the turns, and what did not hold at the end. */
  failures: Failure[]
}

/** Plays one scripted conversation against the real dialogue, without network of its own and without a store. */
export async function playScenario(scenario: Scenario, world: World): Promise<Played> {
  const conversation = openConversation(scenario, world)
  const turns: PlayedTurn[] = []
  const failures: Failure[] = []
  // Of one that goes on from somewhere, nobody knows what stands on the screen already.
  const offers = world.from ? undefined : createOffers(world.release.procedures.map(({ id }) => id))
  for (const [at, step] of scenario.turns.entries()) {
    const against = step.taps === undefined ? undefined : offers?.against(step.taps)
    if (against !== undefined) {
      // Whatever came after it is not what was to be shown.
      failures.push({ path: ['turns', at, 'taps'], turn: at, message: against })
      break
    }
    try {
      const said = await take(conversation, step)
      offers?.add(said.options)
      const missed = unmet(said, step.expect, at)
      turns.push({
        ...said,
        customer: wordsOf(step),
        options: said.options.map(({ title }) => title),
        failures: missed,
      })
      failures.push(...missed)
    } catch (error) {
      if (!(error instanceof NoRest)) throw error
      failures.push({ path: ['turns', at], turn: at, message: error.message })
      break
    }
  }
  const performed = turns.flatMap((turn) => turn.performed)
  if (turns.length === scenario.turns.length) failures.push(...atTheEnd(turns, scenario.finally))
  return { name: scenario.name, turns, performed, failures }
}

type Step = Scenario['turns'][number]

function take(conversation: ReturnType<typeof openConversation>, { customer, taps, waits }: Step): Promise<Said> {
  if (waits !== undefined) return conversation.wait(durationOf(waits))
  return taps === undefined ? conversation.say(customer ?? '') : conversation.tap(taps)
}

/** How a turn is shown: what was said, or in brackets what was done. */
export function wordsOf({ customer, taps, waits }: Step): string {
  if (waits !== undefined) return `[waits ${waits}]`
  return customer ?? `[${taps}]`
}
