import type { Json, JsonObject } from '@copse/contracts'
import { z } from 'zod'
import type { Dialect, Report } from '../report/report.ts'
import { globals, type Globals } from './globals.ts'
import { ports, type Ports } from './ports.ts'
import { fit } from './shape.ts'
import type { Path } from './value.ts'
import { json, word } from './words.ts'

const name = z
  .string()
  .min(1, 'is empty')
  .max(100, 'is longer than 100 letters')
  .regex(/^[^/\s$_][^/]*$/, 'begins with a letter and holds no "/"')

const common = {
  id: name,
  name: z.string().optional(),
  version: z
    .union([z.string().min(1), z.number()], 'should be text, e.g. "1.0"')
    .transform(String)
    .default('1'),
  description: z.string().default(''),
  domain: z.string().optional(),
  /** Of texts that are not written per language. */
  language: z.string().default('en'),
  fields: z.record(z.string(), z.string()).default({}),
  on_silence: json.optional(),
  steps: z.array(z.unknown()).min(1, 'a procedure has at least one step'),
}
/** Of our own format. */
export const procedureShape = z.strictObject({
  ...common,
  triggers: z.array(word).default([]),
  globals,
  /** Of a procedure that others use as a step. */
  inputs: ports,
  outputs: ports,
})
const dialectP = z.strictObject({
  ...common,
  trigger_intents: z.array(word).default([]),
  available_tools: z.array(word).default([]),
  data_context: z.array(word).default([]),
})
const stepHead = z.looseObject({ id: name, action: z.string() })

export interface Header {
  dialect: Dialect
  id: string
  name: string
  version: string
  description: string
  language: string
  triggers: string[]
  /** Author's aliases: name to path. */
  fields: Record<string, string>
  /** What customers can always say, where the author has a word on it. */
  globals?: Globals
  inputs: Ports
  outputs: Ports
  /** Operations that the file says it uses (dialect P). */
  tools: string[]
  /** What steps that wait do about silence unless they say so themselves; not read yet. */
  onSilence?: Json
  steps: StepSource[]
  stepIds: ReadonlySet<string>
  /** Those that others name to take back what they did. */
  compensating: ReadonlySet<unknown>
}
/** One step as it stands in the file, known by id and action only. */
export interface StepSource {
  id: string
  action: string
  json: JsonObject
  path: Path
}

/** What stands above the steps, and the steps by id. Undefined when there is nothing to go on with. */
export function readHeader(procedure: Json | undefined, dialect: Dialect, report: Report): Header | undefined {
  const path = ['procedure']
  if (procedure === undefined) return undefined
  const head =
    dialect === 'copse' ? fit(procedureShape, procedure, path, report) : fit(dialectP, procedure, path, report)
  // Steps are read even when the head does not fit: an author wants every fault at once.
  const list = (procedure as JsonObject | null)?.['steps']
  const steps = Array.isArray(list) ? readStepHeads(list, dialect, report) : []
  const known = {
    steps,
    stepIds: new Set(steps.map(({ id }) => id)),
    compensating: new Set(steps.flatMap(({ json }) => json['compensate'] ?? [])),
  }
  if (!head) return steps.length > 0 ? { ...nobody, dialect, ...known } : undefined
  return {
    dialect,
    id: head.id,
    name: head.name ?? head.id,
    version: head.version,
    description: head.description,
    language: head.language,
    triggers: 'triggers' in head ? head.triggers : head.trigger_intents,
    fields: head.fields,
    ...('globals' in head && head.globals ? { globals: head.globals } : {}),
    inputs: 'inputs' in head ? head.inputs : {},
    outputs: 'outputs' in head ? head.outputs : {},
    ...(head.on_silence === undefined ? {} : { onSilence: head.on_silence }),
    tools: 'available_tools' in head ? head.available_tools : [],
    ...known,
  }
}

const nobody = {
  id: '',
  name: '',
  version: '1',
  description: '',
  language: 'en',
  triggers: [],
  fields: {},
  inputs: {},
  outputs: {},
  tools: [],
}

function readStepHeads(list: Json[], dialect: Dialect, report: Report): StepSource[] {
  const seen = new Map<string, number>()
  const steps: StepSource[] = []
  for (const [index, json] of list.entries()) {
    const path = ['procedure', 'steps', index]
    const head = fit(stepHead, json, path, report)
    if (!head) continue
    const before = seen.get(head.id)
    if (before !== undefined) {
      const message = `"${head.id}" is the id of step ${before + 1} already.`
      report.error('duplicate_id', [...path, 'id'], message, { fix: 'Give each step an id of its own.' })
      // Read on under a name of its own: its other faults belong to the list, too.
      steps.push({ id: `${head.id}#${index + 1}`, action: head.action, json: json as JsonObject, path })
      continue
    }
    if (head.id === 'end' || (head.id === 'handoff' && dialect === 'copse')) {
      const message = `"${head.id}" cannot be the id of a step: as a target it means something else.`
      report.error('reserved_id', [...path, 'id'], message, { fix: `Call it "${head.id}_step".` })
    }
    seen.set(head.id, index)
    steps.push({ id: head.id, action: head.action, json: json as JsonObject, path })
  }
  return steps
}
