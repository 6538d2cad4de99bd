import { hasErrors, type Diagnostic } from '@copse/contracts'
import {
  coverageOf,
  readScenarios,
  runScenarios,
  type Coverage,
  type PlayedTurn,
  type ScenarioResult,
  type Source,
} from '@copse/studio'
import type { Call, Command, Shown } from '../command.ts'
import { bold, dim, good } from '../show/table.ts'
import { countOf, excerpt, many, toldOf } from './colleague.ts'
import { coverageText } from './coverage.ts'
import { deskHelp, deskOptions, layOut } from './desk.ts'
import { proceduresFor, readSource } from './files.ts'
import { resultText } from './result.ts'

export const simulate: Command = {
  name: 'simulate',
  usage: '<file.scenarios.yaml> [--complete]',
  does: 'Plays the conversations of a file and says where they went otherwise, and where none of them goes.',
  more: deskHelp,
  words: { min: 1, max: 1 },
  options: { ...deskOptions, complete: { type: 'boolean' } },
  run: (call) => simulateAll([call.words[0]!], call, { each: true }),
}

interface FileResult {
  file: string
  diagnostics: Diagnostic[]
  scenarios: ScenarioResult[]
  coverage: (Coverage & { file: string })[]
}

/** Plays files of scenarios, each with the procedures beside it; `each`: also those that went as expected are named. */
export async function simulateAll(files: readonly string[], call: Call, show: { each: boolean }): Promise<Shown> {
  const begun = call.now()
  const results: FileResult[] = []
  const texts: string[] = []
  const taken = new Map<string, PlayedTurn[]>()
  for (const [at, source] of files.map(readSource).entries()) {
    const { file } = source
    const about = proceduresFor(file)
    const isLast = !files.slice(at + 1).some((other) => proceduresFor(other).join() === about.join())
    const before = taken.get(about.join()) ?? []
    const { result, text } = await simulateFile(source, call, { ...show, before, isLast })
    taken.set(about.join(), [...before, ...result.scenarios.flatMap(({ turns }) => turns)])
    results.push(result)
    texts.push(text)
  }
  const ms = call.now() - begun
  const scenarios = results.flatMap((one) => one.scenarios)
  const failed = scenarios.filter(({ failures }) => failures.length > 0).length
  const missing = results
    .flatMap(({ coverage }) => coverage)
    .flatMap(({ steps, edges }) => [...steps.missed, ...edges.missed])
  const isRight =
    failed === 0 &&
    !results.some(({ diagnostics }) => hasErrors(diagnostics)) &&
    (call.options['complete'] !== true || missing.length === 0)
  const turns = scenarios.flatMap((one) => one.turns).length
  const sum = `${many(scenarios.length, 'scenario')}, ${failed === 0 ? 'all as expected' : bold(`${failed} not as expected`)}; ${many(turns, 'turn')}`
  return {
    text: [...texts, `${sum}${dim(timeOf(ms))}`].join('\n\n'),
    data: {
      ok: isRight,
      files: results.map(({ scenarios, ...rest }) => ({ ...rest, scenarios: scenarios.map(shownTo) })),
      turns,
      ms: Math.round(ms),
    },
    exitCode: isRight ? 0 : 1,
  }
}

interface Showing {
  each: boolean
  /** Played from other files about the same procedures. */
  before: readonly PlayedTurn[]
  /** Of these: coverage is told once, over all of them. */
  isLast: boolean
}

async function simulateFile(
  source: Source,
  call: Call,
  { each, before, isLast }: Showing,
): Promise<{ result: FileResult; text: string }> {
  const { file } = source
  const scenarios = readScenarios(source.text, file)
  const procedures = proceduresFor(file)
  const { desk, diagnostics } = await layOut(procedures, call, scenarios.scene)
  if (!desk) {
    const sources = new Map(procedures.map((one) => [one, readSource(one).text]))
    const text = `${bold(file)}\n\n${toldOf(diagnostics, sources)}\n\n${countOf(diagnostics)}: nothing was played.`
    return { result: { file, diagnostics, scenarios: [], coverage: [] }, text }
  }
  const played = await runScenarios(scenarios, desk)
  const lines = source.text.split('\n')
  const shown = (line: number, column: number): string[] => excerpt(lines[line - 1] ?? '', line, column)
  const right = played.filter(({ failures }) => failures.length === 0)
  const covered = isLast ? coverageOf(desk, [...before, ...played.flatMap(({ turns }) => turns)]) : []
  const coverage = covered.map((one, index) => ({ file: procedures[index]!, ...one }))
  const text = [
    bold(file),
    ...(each || right.length === 0 ? [] : [`  ${good('✓')} ${many(right.length, 'scenario')} as expected`]),
    ...played.filter((one) => each || !right.includes(one)).map((one) => resultText(one, file, shown)),
    ...(isLast ? ['', ...coverage.map(coverageText)] : []),
  ].join('\n')
  return { result: { file, diagnostics, scenarios: played, coverage }, text }
}

/** Of a turn, what was said: its whole trace would drown that. */
const shownTo = ({ turns, ...rest }: ScenarioResult) => ({
  ...rest,
  turns: turns.map(({ customer, reply, options, step, status, intent }) => ({
    customer,
    reply,
    options,
    step,
    status,
    intent,
  })),
})

const timeOf = (ms: number): string => ` in ${ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`}`
