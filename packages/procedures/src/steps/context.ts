import { fieldsOf } from '@copse/conditions'
import type { OperationManifest } from '@copse/contracts'
import { noteWrite, type FieldUse } from '../graph/field-use.ts'
import { endTarget, handoffStage, returnTarget } from '../graph/stage-graph.ts'
import type { Header, StepSource } from '../parse/header.ts'
import { nothingBeside, type Beside } from '../parse/beside.ts'
import type { Path } from '../parse/value.ts'
import type { Report } from '../report/report.ts'
import { targetFix } from '../report/suggest.ts'
import { noSilence, readSilence } from './silence.ts'
import type { Part, Silence, StepContext } from './step.ts'
import { findOperation } from './find-operation.ts'
import { readCondition } from './read-condition.ts'
import { readTable } from './read-table.ts'
import { placeholdersIn } from './template.ts'

export interface Catalogue {
  operations: Record<string, OperationManifest>
  /** What a procedure can name: nothing, unless given. */
  beside?: Beside
}

/** The catalogue while one procedure is read, which may stand in the place of a step of another. */
export interface Opened extends Catalogue {
  isPart: boolean
  /** Of the procedure that it is part of. */
  triggers: string[]
  part(id: string, step: StepSource, header: Header, report: Report, path: Path): Part | undefined
}

/** What one step gets while it is read: everything it asks for is checked and reported at the step's place. */
export function createContext(
  source: StepSource,
  header: Header,
  catalogue: Opened,
  use: FieldUse,
  documentReport: Report,
  silence: Silence = noSilence,
): StepContext {
  const report: StepContext['report'] = {
    error: (code, path, message, options) => documentReport.error(code, [...source.path, ...path], message, options),
    warning: (code, path, message, options) =>
      documentReport.warning(code, [...source.path, ...path], message, options),
    lax: (code, path, message, options) => documentReport.lax(code, [...source.path, ...path], message, options),
  }
  const reads = (field: string, path: Path): void => void use.reads.push({ field, path: [...source.path, ...path] })

  function target(name: string, path: Path): string {
    if (name === endTarget && catalogue.isPart) return returnTarget
    if (name === endTarget || header.stepIds.has(name)) return name
    if (name === 'handoff') return handoffStage
    report.error('unknown_target', path, `There is no step "${name}".`, {
      fix: () => targetFix('step', name, header.stepIds),
    })
    return handoffStage
  }

  const context: StepContext = {
    id: source.id,
    dialect: header.dialect,
    header,
    report,
    target,
    wayOn(name, path) {
      if (name !== undefined) return target(name, path)
      // What takes something back comes back to where it was needed.
      if (header.compensating.has(source.id)) return catalogue.isPart ? returnTarget : endTarget
      report.lax('no_way_on', [], 'Nothing says where this step goes on.', { fix: 'Add `next_step: end`, or a step.' })
      return catalogue.isPart ? returnTarget : endTarget
    },
    condition(json, path) {
      const condition = readCondition(json, path, report)
      for (const field of condition ? fieldsOf(condition) : []) reads(field, path)
      return condition
    },
    operation: (name, path) => findOperation(name, path, catalogue.operations, report),
    table: (key, { mayMiss }) =>
      readTable(source.json[key] ?? null, [...source.path, key], {
        report: documentReport,
        beside: catalogue.beside ?? nothingBeside,
        mayMiss,
      }),
    reads,
    part: (id, path) => catalogue.part(id, source, header, documentReport, [...source.path, ...path]),
    isPart: catalogue.isPart,
    writes: (field, kind) => noteWrite(use, field, kind),
    expects: (field, kind, path) => void use.expects.push({ field, kind, path: [...source.path, ...path] }),
    silence: (given) => (given === undefined ? silence : readSilence(given, context)),
    say(texts, path) {
      if (texts === undefined) return undefined
      const perLanguage = typeof texts === 'string' ? { [header.language]: texts } : texts
      for (const [language, text] of Object.entries(perLanguage)) {
        const at = typeof texts === 'string' ? path : [...path, language]
        const { fields, fault } = placeholdersIn(text)
        for (const field of fields) reads(field, at)
        if (fault) report.lax('placeholder_invalid', at, fault, { fix: 'Write {{field}} or {{field.part}}.' })
      }
      return perLanguage
    },
  }
  return context
}
