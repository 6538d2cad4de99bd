import type { Json } from '@copse/contracts'
import { suggestion, type Position } from '@copse/procedures'
import { answersIn } from './answers/answers.ts'
import { notAnswered } from './answers/connector.ts'
import { givenModel, type GivenModel } from './answers/model.ts'
import { openWorld, type Desk } from './desk.ts'
import type { Failure } from './expect.ts'
import type { ScenarioFile } from './parse-scenarios.ts'
import { playScenario, type Played, type PlayedTurn } from './play.ts'
import type { Scenario } from './scenario.ts'

/** One scenario as it went. */
export interface ScenarioResult extends Position {
  name: string
  turns: PlayedTurn[]
  failures: PlacedFailure[]
}

export interface PlacedFailure extends Position {
  /** Which turn, from 1; absent when it is not about one. */
  turn?: number
  message: string
  expected?: string
  got?: string
}

/** Plays every scenario of a file at the desk, each in a world of its own. */
export async function runScenarios(file: ScenarioFile, desk: Desk): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = []
  for (const [index, scenario] of file.scenarios.entries()) {
    const { turns, failures } = await runOne(scenario, desk)
    const placed = failures.map(({ path, turn, ...rest }) => {
      const { line, column } = file.placeOf(index, path)
      return { line, column, ...(turn === undefined ? {} : { turn: turn + 1 }), ...rest }
    })
    const { line, column } = file.placeOf(index, ['name'])
    results.push({ name: scenario.name, line, column, turns, failures: placed })
  }
  return results
}

async function runOne(scenario: Scenario, desk: Desk): Promise<Pick<Played, 'turns' | 'failures'>> {
  const given = readGiven(scenario.given, desk)
  if ('failures' in given) return { turns: [], failures: given.failures }
  const opened = openWorld(desk, { ...given, language: scenario.language })
  const { world, refused } = opened
  try {
    if (refused !== undefined) return { turns: [], failures: [{ path: ['given', 'business'], message: refused }] }
    const { turns, failures } = await playScenario(scenario, world)
    return { turns, failures: [...turns.flatMap(unanswered), ...failures] }
  } finally {
    await opened.close()
  }
}

interface Given {
  answers: Exclude<ReturnType<typeof answersIn>, { wrong: unknown }>
  model?: GivenModel
  business?: Json
}

function readGiven(given: Scenario['given'], desk: Desk): Given | { failures: Failure[] } {
  const failures: Failure[] = []
  const answers = answersIn(given, desk.operations)
  if ('wrong' in answers) {
    failures.push(...answers.wrong.map(({ path, message }) => ({ path: ['given', ...path], message })))
  }
  const model = given['model'] === undefined ? undefined : givenModel.safeParse(given['model'])
  if (model?.error) failures.push({ path: ['given', 'model'], message: `model ${model.error.issues[0]!.message}` })
  const names = new Set([...desk.operations.map(({ name }) => name), 'model'])
  for (const key of Object.keys(given)) {
    // What else is given is for the business that it is played against.
    if (names.has(key) || desk.business) continue
    const fix = suggestion(key, names)
    const hint = fix ?? 'If it is for a business, name that by --business.'
    failures.push({ path: ['given', key], message: `there is no operation "${key}". ${hint}` })
  }
  if (failures.length > 0 || 'wrong' in answers) return { failures }
  return {
    answers,
    ...(model?.data === undefined ? {} : { model: model.data }),
    ...(given['business'] === undefined ? {} : { business: given['business'] }),
  }
}

/** A call that nothing was declared for: whatever came after it is not what was to be shown. */
function unanswered({ performed }: PlayedTurn, turn: number): Failure[] {
  return performed.flatMap(({ name, outcome }) =>
    'code' in outcome && outcome.code === notAnswered
      ? [
          {
            path: ['turns', turn],
            turn,
            message: `${outcome.reason} Say it under \`given: {${name}: …}\`, or for every scenario in a file of answers (*.answers.yaml).`,
          },
        ]
      : [],
  )
}
