import { fromStructured, parse } from '@copse/conditions'
import type { OperationManifest } from '@copse/contracts'
import type { FieldUse } from '../graph/field-use.ts'
import { endTarget, handoffStage } from '../graph/stage-graph.ts'
import type { Header, StepSource } from '../parse/header.ts'
import type { Path } from '../parse/value.ts'
import type { Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'
import { noSilence, readSilence } from './silence.ts'
import type { Silence, StepContext } from './step.ts'
import { fieldsOf } from './conditions.ts'
import { placeholdersIn } from './template.ts'

export interface Catalogue {
  operations: Record<string, OperationManifest>
}

/** What one step gets while it is read: everything it asks for is checked and reported at the step's place. */
export function createContext(
  source: StepSource,
  header: Header,
  catalogue: Catalogue,
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
    if (name === endTarget || header.steps.some((step) => step.id === name)) return name
    if (name === 'handoff') return handoffStage
    const ids = header.steps.map((step) => step.id)
    report.error('unknown_target', path, `There is no step "${name}".`, { fix: suggestion(name, [...ids, endTarget]) })
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
      report.lax('no_way_on', [], 'Nothing says where this step goes on.', { fix: 'Add `next_step: end`, or a step.' })
      return endTarget
    },
    condition(json, path) {
      const result = typeof json === 'string' ? parse(json) : fromStructured(json)
      if (result.ok) {
        for (const field of fieldsOf(result.condition)) reads(field, path)
        return result.condition
      }
      for (const { message, line, column, fix, key } of result.faults) {
        report.error('condition_invalid', key ? [...path, key] : path, message, { fix, within: { line, column } })
      }
      return undefined
    },
    operation(name, path) {
      const { operations } = catalogue
      if (Object.hasOwn(operations, name)) return operations[name]
      const fix = suggestion(name, Object.keys(operations))
      report.error('unknown_operation', path, `No connector offers "${name}".`, { fix })
      return undefined
    },
    reads,
    writes: (field) => void use.written.add(field),
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
