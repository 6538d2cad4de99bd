import { compile, parse, type Env } from '@copse/conditions'
import { LogicEngine } from 'json-logic-engine'
import type { Benchmark } from '../harness/benchmark.ts'
import { claimTimes } from '../harness/claim.ts'
import { race, type Contender } from '../harness/race.ts'

const TEXT = 'risk_score >= 80 AND status in [pending, review]'

interface Facts {
  risk_score: number
  status: string
}

/** Every way it can come out, and no two alike, so that nothing can be learned by heart. */
const cases: readonly Facts[] = Array.from({ length: 64 }, (_, at) => ({
  risk_score: at % 3 === 0 ? 20 + at : 80 + at,
  status: ['pending', 'review', 'closed', 'shipped'][(at * 7) % 4]!,
}))
const isHit = ({ risk_score, status }: Facts): boolean =>
  risk_score >= 80 && (status === 'pending' || status === 'review')
const HITS = cases.filter(isHit).length
const PASSES = 20

const over = <Case>(facts: readonly Case[], holds: (facts: Case) => boolean): Contender => ({
  run() {
    let hits = 0
    for (let pass = 0; pass < PASSES; pass++) for (const one of facts) if (holds(one)) hits++
    return hits
  },
  steps: PASSES * HITS,
  per: PASSES * cases.length,
})

/** Fields as the blackboard of a session keeps them: in a map, where nothing can be inherited. */
function envOf(facts: Facts): Env {
  const fields = new Map<string, unknown>(Object.entries(facts))
  return { now: 0, read: (path) => fields.get(path) }
}

function ours(): Contender {
  const parsed = parse(TEXT)
  if (!parsed.ok) throw new Error('The condition does not parse.')
  const condition = compile(parsed.condition)
  return over(cases.map(envOf), (env) => condition.evaluate(env) === true)
}

function jsonLogic(): Contender {
  const engine = new LogicEngine()
  const logic = {
    and: [{ '>=': [{ var: 'risk_score' }, 80] }, { in: [{ var: 'status' }, ['pending', 'review']] }],
  }
  return over(cases, (facts) => engine.run(logic, facts) === true)
}

export const benchmark: Benchmark = {
  id: 'P9',
  async measure() {
    const times = await race({ ours: ours(), closure: over(cases, isHit), 'json-logic-engine': jsonLogic() })
    const claim = (id: string, what: string, versus: 'closure' | 'json-logic-engine', goal: number) =>
      claimTimes({ id, what: `${TEXT}: ${what}`, versus, goal }, times.ours, times[versus])
    return [
      claim('P9a', 'at most 10 times a closure', 'closure', 10),
      claim(
        'P9b',
        'at least 3 times faster than json-logic-engine without code generation',
        'json-logic-engine',
        1 / 3,
      ),
    ]
  },
}
