import { effectPolicies, type EffectOutcome, type EffectPolicy, type HandleTurn } from '@copse/contracts'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openToyLane, type ToyLane } from './testing/open.ts'
import { requestOf, says, textOf } from './testing/toy.ts'

interface Plan {
  effects: EffectPolicy[]
  /** For each try but the last, after how many effects it fails. */
  failsAfter: number[]
  performed: number[]
  /** What each try was told, effect by effect. */
  tries: EffectOutcome[][]
}

const plans = new Map<string, Plan>()

const followingPlans: HandleTurn = async (turn) => {
  const { effects, failsAfter, performed, tries } = plans.get(textOf(turn))!
  const told: EffectOutcome[] = []
  tries.push(told)
  for (const [n, policy] of effects.entries()) {
    if (failsAfter[turn.attempt - 1] === n) throw new Error('a bug')
    const request = requestOf(turn, `effect ${n}`, { policy })
    const outcome = await turn.journal.effect(request, async () => {
      performed[n] = (performed[n] ?? 0) + 1
      return { status: 'ok', data: { call: `${n}, try ${turn.attempt}` } }
    })
    told.push(outcome)
  }
  if (failsAfter[turn.attempt - 1] !== undefined) throw new Error('a bug at the end')
  return says('done')
}

let toy: ToyLane
beforeAll(async () => {
  toy = await openToyLane(followingPlans)
})
afterAll(() => toy.remove())

test('wherever tries fail, a write happens once, and all that came before it is the same in every try after', async () => {
  const effects = fc.array(fc.constantFrom(...effectPolicies), { maxLength: 6 })
  const failsAfter = fc.array(fc.nat({ max: 6 }), { maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(effects, failsAfter, async (policies, failing) => {
      const plan: Plan = { effects: policies, failsAfter: failing, performed: [], tries: [] }
      const id = `m${plans.size}`
      plans.set(id, plan)
      expect((await toy.say(id, id)).messages).toEqual([{ text: 'done' }])

      for (const [n, policy] of policies.entries()) if (policy !== 'read') expect(plan.performed[n]).toBe(1)
      const last = plan.tries.at(-1)!
      for (const told of plan.tries) {
        const durable = policies.slice(0, told.length).findLastIndex((policy) => policy !== 'read') + 1
        expect(last.slice(0, durable)).toEqual(told.slice(0, durable))
      }
    }),
    { numRuns: 60 },
  )
})
