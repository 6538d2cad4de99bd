import type { Model } from '../model/model.ts'
import { compilePrograms } from '../model/compile.ts'
import { parseDmn } from '../dmn/parse.ts'
import { isContext, type Value } from '../values/value.ts'
import { agrees } from './agree.ts'
import { readCases, type Case } from './cases.ts'

/** A folder of the suite: its files by name. */
export interface Folder {
  level: string
  name: string
  files: ReadonlyMap<string, string>
}

export interface Failure {
  folder: string
  id: string
  decision: string
  actual: Value | undefined
  expected: Value
}

export interface FolderResult {
  level: string
  name: string
  total: number
  passed: number
  failures: Failure[]
}

/** Evaluates a decision of a model; undefined when that fails. */
export type Engine = (model: string, others: readonly string[]) => (test: Case) => Value | undefined

export const ours: Engine = (xml, others) => {
  const models = [xml, ...others].map((text): Model => {
    const parsed = parseDmn(text)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics))
    return parsed.model
  })
  const [model, ...imports] = models as [Model, ...Model[]]
  const compiled = compilePrograms(model, { imports })
  return ({ decision, service, inputs }) => {
    const { raw } = compiled.evaluate(service ?? decision, inputs)
    // A service with several outputs comes to all of them.
    return service !== undefined && isContext(raw) && Object.hasOwn(raw, decision) ? raw[decision] : raw
  }
}

export function runFolder({ level, name, files }: Folder, engine: Engine): FolderResult {
  const result: FolderResult = { level, name, total: 0, passed: 0, failures: [] }
  for (const [file, xml] of files) {
    if (!/-test-.*\.xml$/.test(file)) continue
    const { modelName, cases } = readCases(xml)
    const model = files.get(modelName) ?? ''
    const others = [...files].flatMap(([other, text]) => (other.endsWith('.dmn') && other !== modelName ? [text] : []))
    const evaluate = engine(model, others)
    for (const test of cases) {
      const actual = evaluate(test)
      result.total += 1
      if (passes(actual, test)) result.passed += 1
      else result.failures.push({ folder: name, id: test.id, decision: test.decision, actual, expected: test.expected })
    }
  }
  return result
}

const passes = (actual: Value | undefined, { expected, isError }: Case): boolean =>
  isError ? actual === null || actual === undefined : actual !== undefined && agrees(actual, expected)
