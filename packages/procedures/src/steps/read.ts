import type { FieldUse } from '../graph/field-use.ts'
import type { Header } from '../parse/header.ts'
import { fit } from '../parse/shape.ts'
import type { Report } from '../report/report.ts'
import { suggestion } from '../report/suggest.ts'
import { actions } from './all.ts'
import { createContext, type Opened } from './context.ts'
import { onSilence } from './keys.ts'
import { noSilence, readSilence } from './silence.ts'
import type { Silence, Step } from './step.ts'

const byName = new Map(actions.map((action) => [action.action, action]))

/** Each step by id, read by its action. Steps that do not fit are reported and left out. */
export function readSteps(header: Header, catalogue: Opened, use: FieldUse, report: Report): Map<string, Step> {
  const steps = new Map<string, Step>()
  const silence = defaultSilence(header, catalogue, use, report)
  for (const source of header.steps) {
    const action = byName.get(source.action)
    if (!action) {
      const fix = suggestion(source.action, byName.keys())
      report.error('unknown_action', [...source.path, 'action'], `"${source.action}" is not an action.`, { fix })
      continue
    }
    const shape = fit(action.shape, source.json, source.path, report)
    if (shape !== undefined)
      steps.set(source.id, action.read(shape, createContext(source, header, catalogue, use, report, silence)))
  }
  return steps
}

/** What the procedure says for all its steps, read once: its faults are said once. */
function defaultSilence(header: Header, catalogue: Opened, use: FieldUse, report: Report): Silence {
  if (header.onSilence === undefined) return noSilence
  const path = ['procedure']
  const entries = fit(onSilence, header.onSilence, [...path, 'on_silence'], report)
  const head = { id: '', action: '', json: {}, path }
  return entries ? readSilence(entries, createContext(head, header, catalogue, use, report)) : noSilence
}
