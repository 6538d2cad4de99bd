import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { Fault, hasErrors, type Diagnostic } from '@copse/contracts'
import {
  generatedMark,
  generateScenarios,
  readScenarios,
  runScenarios,
  type Generated,
  type PlayedTurn,
} from '@copse/studio'
import type { Call, Shown } from '../command.ts'
import { bold, dim, good } from '../show/table.ts'
import { countOf, many, toldOf } from './colleague.ts'
import { layOut } from './desk.ts'
import { filesIn, proceduresFor, proceduresIn, readSource, stemOf } from './files.ts'

interface Written extends Generated {
  procedure: string
  /** Undefined: nothing was to be added. */
  file?: string
}

/** For each procedure of a folder, the scenarios that its author did not write. */
export async function generateAll(folder: string, call: Call): Promise<Shown> {
  const procedures = proceduresIn(folder)
  for (const procedure of procedures) refuseHandwritten(generatedFor(procedure))
  const written: Written[] = []
  const texts: string[] = []
  let isRight = true
  for (const procedure of procedures) {
    const { desk, diagnostics } = await layOut([procedure], call)
    if (!desk) {
      isRight = false
      texts.push(brokenText(procedure, diagnostics))
    }
    // What others use is taken where they use it.
    if (!desk || desk.release.procedures.length === 0) continue
    const generated = await generateScenarios(desk, await playedByHand(folder, procedure, call))
    const file = keep(procedure, generated)
    const one = { procedure, ...generated, ...(file === undefined ? {} : { file }) }
    written.push(one)
    texts.push(writtenText(one))
    if (call.options['complete'] === true && generated.missed.length > 0) isRight = false
  }
  const data = written.map(({ procedure, file, scenarios, edges, missed }) => ({
    procedure,
    file: file ?? null,
    scenarios,
    edges,
    missed,
  }))
  return { text: texts.join('\n'), data: { ok: isRight, procedures: data }, exitCode: isRight ? 0 : 1 }
}

const generatedFor = (procedure: string): string => `${stemOf(procedure)}.generated.scenarios.yaml`

const isGenerated = (file: string): boolean => readSource(file).text.startsWith(generatedMark)

function refuseHandwritten(file: string): void {
  if (!existsSync(file) || isGenerated(file)) return
  const detail = `${file} was written by hand: it does not begin with "${generatedMark}". Give it another name, and generate again.`
  throw new Fault('config_invalid', { detail })
}

/** What the scenarios that an author wrote take of a procedure. */
async function playedByHand(folder: string, procedure: string, call: Call): Promise<PlayedTurn[]> {
  const turns: PlayedTurn[] = []
  for (const file of filesIn(folder, '.scenarios.yaml')) {
    const about = proceduresFor(file)
    if (!about.includes(procedure) || isGenerated(file)) continue
    const { desk } = await layOut(about, call)
    if (!desk) continue
    const results = await runScenarios(readScenarios(readSource(file).text, file), desk)
    turns.push(...results.flatMap((one) => one.turns))
  }
  return turns
}

function keep(procedure: string, { text }: Generated): string | undefined {
  const file = generatedFor(procedure)
  if (text !== undefined) writeFileSync(file, text)
  else rmSync(file, { force: true })
  return text === undefined ? undefined : file
}

function writtenText({ procedure, file, scenarios, edges, missed }: Written): string {
  const ways = `${edges.now} of ${edges.all} ways`
  const what =
    file === undefined
      ? edges.before === edges.all
        ? good(`nothing to add: ${ways} are taken`)
        : `nothing was found to add: ${ways} are taken`
      : `${good(`${many(scenarios, 'scenario')} written`)} to ${file}: ${ways}, ${edges.before} without them`
  return [
    `${bold(procedure)}: ${what}`,
    ...missed.map(
      ({ what: way, file: own, line, column, why }) => `  ${own ?? procedure}:${line}:${column}  ${way} ${dim(why)}`,
    ),
  ].join('\n')
}

function brokenText(procedure: string, diagnostics: Diagnostic[]): string {
  const told = toldOf(
    diagnostics.filter((one) => hasErrors([one])),
    new Map([[procedure, readSource(procedure).text]]),
  )
  return `${bold(procedure)}\n\n${told}\n\n${countOf(diagnostics)}: nothing was written.`
}
