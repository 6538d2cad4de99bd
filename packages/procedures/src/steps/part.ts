import type { Diagnostic } from '@copse/contracts'
import { allAliases, arrivalsIn, factsIn, lowerSteps } from '../graph/build.ts'
import { checkFieldUse, seededFields, type FieldUse } from '../graph/field-use.ts'
import { scopedStage } from '../graph/scope.ts'
import { nothingBeside, type Source } from '../parse/beside.ts'
import { parseDocument } from '../parse/document.ts'
import type { Header, StepSource } from '../parse/header.ts'
import type { Value } from '../parse/value.ts'
import { dialectOf } from '../parse/root.ts'
import { createReport, type Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'
import type { Catalogue, Opened } from './context.ts'
import { slug } from './names.ts'
import type { Part, Step } from './step.ts'

/** A procedure as it was read, before its steps know how they are reached. */
export interface Read {
  header: Header
  steps: ReadonlyMap<string, Step>
  use: FieldUse
  report: Report
}
export type ReadProcedure = (root: Value, report: Report, catalogue: Opened) => Read | undefined

/** A subprocedure's text, and what the ids of its steps and the names of its fields begin with. */
export interface PartSource extends Source {
  prefix: string
  scope: string
}

/** A chain of procedures, each with the line in which it names the next. */
type Chain = readonly { id: string; file: string; line: number }[]

const mostSteps = 2_000
const deepest = 8
/** Of a name in a tree. */
const longestId = 120

/** Reads procedures for the steps that name them, each time anew: everything in them is reported where it stands. */
export function createParts(catalogue: Catalogue, read: ReadProcedure) {
  const { beside = nothingBeside } = catalogue
  const found: Diagnostic[] = []
  const sources: PartSource[] = []
  let steps = 0
  /** Its warnings are told where it is looked at by itself. */
  const keepErrors = ({ diagnostics }: Report): void =>
    void found.push(...diagnostics.filter(({ severity }) => severity === 'error'))

  const opened = (file: string, chain: Chain = [], at = '', scope = '', triggers: string[] = []): Opened => ({
    ...catalogue,
    isPart: chain.length > 0,
    triggers,
    part(id, step, header, report, path) {
      const here = [...chain, { id: header.id, file, line: report.placeOf(path).line }]
      const source = beside.procedure(id)
      const refuse = (code: string, message: string, fix?: string): undefined => {
        report.error(code, path, message, { fix })
      }
      if (here.some((one) => one.id === id))
        return refuse('cyclic_subprocedure', circle(here, id), 'Leave out one of these steps.')
      if (!source) {
        const known = beside.procedures().filter((other) => other !== header.id)
        return refuse('unknown_procedure', `There is no procedure "${id}" beside this one.`, suggestion(id, known))
      }
      // Asked before each is read: a few lines can stand for more than anybody could read.
      if (steps > mostSteps) return refuse('too_large', `With its subprocedures this has more than ${mostSteps} steps.`)
      if (here.length > deepest) return refuse('too_deep', `More than ${deepest} procedures stand inside each other.`)
      const taken = header.steps.find((other) => other.id.startsWith(`${step.id}.`))
      if (taken)
        return refuse(
          'duplicate_id',
          `"${taken.id}" is called like a step of "${id}" here.`,
          'Give one of the two another id.',
        )
      const inner = `${at}${step.id}.`
      const own = `${scope}${prefixOf(step, header)}`
      const procedure = readSource(source, opened(source.file, here, inner, own, [...triggers, ...header.triggers]))
      if (!procedure) return undefined
      if (procedure.header.dialect !== 'copse')
        return refuse('not_a_subprocedure', `"${id}" is not written in our format.`, 'Begin it with `copse: 1`.')
      sources.push({ ...source, prefix: inner, scope: own })
      steps += procedure.steps.size
      const longest = Math.max(...[...procedure.steps.keys()].map((name) => name.length))
      if (inner.length + longest > longestId)
        return refuse(
          'id_too_long',
          `The steps of "${id}" would have ids of more than ${longestId} letters here.`,
          'Give this step a shorter id.',
        )
      return partOf(procedure, step, header, catalogue, keepErrors)
    },
  })

  function readSource(source: Source, inner: Opened): Read | undefined {
    const { root, faults } = parseDocument(source.text)
    found.push(...faults.map((fault) => ({ severity: 'error' as const, file: source.file, ...fault })))
    if (!root) return undefined
    const report = createReport(root, dialectOf(root), source.file, source.text)
    const procedure = read(root, report, inner)
    if (!procedure) keepErrors(report)
    return procedure
  }

  return { opened: (file: string) => opened(file), found, sources }
}

function circle(chain: Chain, id: string): string {
  const round = chain.slice(chain.findIndex((one) => one.id === id))
  const places = round.map((one) => `"${one.id}" (${one.file}:${one.line})`)
  return `A procedure cannot be a step of itself: ${[...places, `"${id}"`].join(' → ')}.`
}

function partOf(
  { header, steps, use, report }: Read,
  step: StepSource,
  around: Header,
  { operations }: Catalogue,
  keepErrors: (report: Report) => void,
): Part {
  const prefix = prefixOf(step, around)
  const seeded = new Set(seededFields(Object.values(operations)))
  const field = (path: string): string => (seeded.has(path.split('.', 1)[0]!) ? path : `${prefix}${path}`)
  const aliases = allAliases(header, steps, use)
  if (steps.size === header.steps.length) checkFieldUse(use, header.fields, aliases, report)
  const neutral = arrivalsIn(steps, aliases)
  return {
    header,
    prefix,
    field,
    aliases: Object.fromEntries(Object.entries(aliases).map(([name, path]) => [field(name), field(path)])),
    isFact: factsIn(steps, aliases),
    reached: (end) => neutral.get(end),
    stages(entered, ends) {
      const stages = lowerSteps(steps, aliases, entered)
      keepErrors(report)
      const scope = { field, step: (id: string) => (Object.hasOwn(ends, id) ? ends[id]! : scopedId(id, step.id)) }
      return stages.map((stage) => scopedStage(stage, scope))
    },
  }
}

/** What no author writes, and the end of the session, is one for all. */
function scopedId(id: string, around: string): string {
  if (id.startsWith('$task:')) return `$task:${around}.${id.slice('$task:'.length)}`
  return id.startsWith('$') || id === 'end' ? id : `${around}.${id}`
}

/** Two steps never share one, whatever their ids have in common. */
function prefixOf({ id }: StepSource, { steps }: Header): string {
  const alike = steps.filter(({ action, id: other }) => action === 'subprocedure' && slug(other) === slug(id))
  const at = alike.findIndex((other) => other.id === id)
  return `${slug(id)}${at > 0 ? `_${at + 1}` : ''}__`
}
