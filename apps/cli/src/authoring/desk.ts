import { dirname, join } from 'node:path'
import { hasErrors, type Diagnostic } from '@copse/contracts'
import { momentOf, openDesk, type Desk, type Scene } from '@copse/studio'
import type { Call } from '../command.ts'
import { businessIn, loadBusiness } from './business.ts'
import { calendarOf } from './calendar.ts'
import { readAllAnswers, readCatalogue, readSource } from './files.ts'

/** Options of every command that talks to a procedure. */
export const deskOptions = {
  operations: { type: 'string' },
  business: { type: 'string' },
  language: { type: 'string' },
  zone: { type: 'string' },
  knowledge: { type: 'string' },
} as const

/** What they mean, for the help of each. */
export const deskHelp = [
  '--operations file   the operations that there are; else operations.yaml beside the procedure',
  '--business folder   a business that answers in this process, e.g. examples/demo-business; else the one whose',
  '                    operations.yaml the one beside the procedure links to',
  '--language es       the first language of the customer',
  '--zone Europe/Rome  the time zone of the business',
  '--knowledge file    what questions are answered from, plain text or markdown',
  'The built-in calendar answers by itself: empty, in office hours, unless the scene of the scenarios says more.',
].join('\n')

/** A Monday morning, unless a scene says otherwise: what is played is the same whenever it is played. */
const monday = Date.UTC(2026, 0, 12, 10)
const patienceMs = 5_000

export interface LaidOut {
  /** Undefined when a procedure does not compile. */
  desk?: Desk
  diagnostics: Diagnostic[]
}

/** Everything beside these procedures that is needed to talk to them. */
export async function layOut(
  files: readonly string[],
  { options }: Pick<Call, 'options'>,
  scene: Scene = {},
): Promise<LaidOut> {
  const text = (key: keyof typeof deskOptions): string | undefined => options[key] as string | undefined
  const folder = text('business')
  const [beside = '.'] = files
  const named = text('operations') ?? (folder === undefined ? undefined : join(folder, 'operations.yaml'))
  const catalogue = readCatalogue(beside, named)
  const business = folder === undefined ? await businessIn(catalogue.home) : await loadBusiness(folder)
  const timeZone = text('zone') ?? scene.zone ?? 'UTC'
  const startAt = scene.begins === undefined ? monday : momentOf(scene.begins, timeZone)
  const knowledgeFile = text('knowledge')
  const opened = openDesk({
    sources: files.map(readSource),
    operations: catalogue.operations,
    beside: catalogue.beside,
    answers: readAllAnswers(beside, catalogue),
    business,
    languages: [...new Set([text('language') ?? 'en', 'en', 'es'])],
    calendar: calendarOf(scene.calendar),
    timeZone,
    knowledge: knowledgeFile === undefined ? scene.knowledge : readSource(knowledgeFile).text,
    startAt: startAt ?? monday,
    patienceMs,
  })
  return { ...opened, diagnostics: withHint(opened.diagnostics, catalogue.file, beside) }
}

/** That no operation is known has another reason than a slip of the pen, if there is no list of them. */
export function withHint(diagnostics: Diagnostic[], catalogue: string | undefined, beside: string): Diagnostic[] {
  if (catalogue !== undefined || !hasErrors(diagnostics)) return diagnostics
  const fix = `Put an operations.yaml into ${dirname(beside)}, or name one with --operations.`
  return diagnostics.map((one) => (one.code === 'unknown_operation' ? { ...one, fix } : one))
}
