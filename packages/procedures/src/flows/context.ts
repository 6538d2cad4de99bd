import type { Condition } from '@copse/conditions'
import type { Json, OperationManifest } from '@copse/contracts'
import type { FieldUse } from '../graph/field-use.ts'
import { endTarget, handoffStage } from '../graph/stage-graph.ts'
import type { Path } from '../parse/value.ts'
import type { Texts } from '../parse/words.ts'
import type { Details, Dialect, Report } from '../report/report.ts'
import { targetFix } from '../report/suggest.ts'
import type { Catalogue } from '../steps/context.ts'
import { findOperation } from '../steps/find-operation.ts'
import { readCondition } from '../steps/read-condition.ts'
import { placeholdersIn } from '../steps/template.ts'
import { fieldNamed, givenFields, rewriteCondition, rewriteJson, rewriteText } from './data.ts'

type Say = (code: string, path: Path, message: string, details?: Details) => void

/** What is read out of a flow is checked, and reported at its place, by these. Paths are relative to the context's own. */
export interface FlowContext {
  dialect: Dialect
  report: { error: Say; warning: Say; lax: Say }
  /** The same, further in. */
  at(path: Path): FlowContext
  /** A state or reserved target; reports it when it leads nowhere. */
  target(name: string, path: Path): string
  condition(json: Json, path: Path): Condition | undefined
  operation(name: string, path: Path): OperationManifest | undefined
  /** Customer text per language. */
  say(texts: Texts | undefined, path: Path): Record<string, string> | undefined
  /** Any value with `{{path}}`s in its texts. */
  template(json: Json, path: Path): Json
  /** A field that is read by name: `slots`, `data.slots` and `{{data.slots}}` are the same. */
  reads(name: string, path: Path): string
  /** Notes that a field of `data` is written; with a path, by an author who may choose its name. */
  writes(field: string, path?: Path): void
  /** Names of the tasks there are. */
  tasks: readonly string[]
}

export interface FlowSources {
  dialect: Dialect
  language: string
  states: readonly string[]
  tasks: readonly string[]
  catalogue: Catalogue
  use: FieldUse
  report: Report
}

export function createFlowContext(sources: FlowSources, base: Path): FlowContext {
  const { dialect, language, states, catalogue, use } = sources
  const say =
    (severity: 'error' | 'warning' | 'lax'): Say =>
    (code, path, message, details) =>
      sources.report[severity](code, [...base, ...path], message, details)
  const report = { error: say('error'), warning: say('warning'), lax: say('lax') }

  const seeing =
    (path: Path) =>
    (name: string): string => {
      const named = fieldNamed(name)
      if (!named.ok) {
        const message = `"${named.namespace}" is not a place where anything is kept.`
        report.error('unknown_namespace', path, message, { fix: `Write data.${name}, or message.text.` })
        return name
      }
      use.reads.push({ field: named.field, path: [...base, ...path] })
      return named.field
    }
  const text = (given: string, path: Path): string => {
    const { fault } = placeholdersIn(given)
    if (fault) report.lax('placeholder_invalid', path, fault, { fix: 'Write {{data.field}} or {{message.text}}.' })
    return rewriteText(given, seeing(path))
  }

  return {
    dialect,
    report,
    tasks: sources.tasks,
    at: (path) => createFlowContext(sources, [...base, ...path]),
    target(name, path) {
      if (states.includes(name) || name === endTarget) return name
      if (name === 'handoff') return handoffStage
      const fix = (): string => targetFix('state', name, states)
      report.error('unknown_target', path, `There is no state "${name}".`, { fix })
      return handoffStage
    },
    condition(json, path) {
      const condition = readCondition(json, path, report)
      return condition && rewriteCondition(condition, seeing(path))
    },
    operation: (name, path) => findOperation(name, path, catalogue.operations, report),
    say(texts, path) {
      if (texts === undefined) return undefined
      if (typeof texts === 'string') return { [language]: text(texts, path) }
      return Object.fromEntries(
        Object.entries(texts).map(([tongue, given]) => [tongue, text(given, [...path, tongue])]),
      )
    },
    template: (json, path) => rewriteJson(json, (given) => text(given, path)),
    reads(name, path) {
      const bare = /^\{\{(.*)\}\}$/.exec(name.trim())?.[1]?.trim() ?? name
      return seeing(path)(bare.startsWith('data.') || bare.startsWith('message.') ? bare : `data.${bare}`)
    },
    writes(field, path) {
      use.written.add(field)
      if (path === undefined || !givenFields.some((given) => given === field)) return
      report.error('reserved_field', path, `"${field}" is always known: nothing can be kept under it.`, {
        fix: `Call it "my_${field}".`,
      })
    },
  }
}
