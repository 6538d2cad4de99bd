import { readFileSync, readdirSync } from 'node:fs'
import { manifests } from '@copse/channels/manifests'
import { connectorTypes } from '@copse/connectors/manifests'
import { operationManifest } from '@copse/contracts'
import { besideOf, parseDocument, toJson } from '@copse/procedures'
import { z } from 'zod'
import { checkProcedure, type Checked, type CheckOptions } from '../../index.ts'

const root = new URL('../../../../../', import.meta.url)
export const read = (file: string): string => readFileSync(new URL(file, root), 'utf8')

const listed = parseDocument(read('examples/demo-business/operations.yaml')).root
const calendar = connectorTypes.find(({ type }) => type === 'builtin_calendar')?.operations ?? []
/** Of the demo business, and of the calendar. */
export const operations = [...z.array(operationManifest).parse(listed && toJson(listed)), ...calendar]
/** What a procedure of ours can name. */
export const beside = besideOf(() =>
  library.map((file) => ({ file: `procedures/${file}`, text: read(`procedures/${file}`) })),
)
const catalogue = {
  operations: Object.fromEntries(operations.map((operation) => [operation.name, operation])),
  beside,
}

/** Procedures and flows that we ship. */
export const library = readdirSync(new URL('procedures/', root)).filter((file) =>
  /\.(procedure|flow)\.yaml$/.test(file),
)

/** Checks a text against the demo business, for every channel there is. */
export const check = (source: string, options: Partial<CheckOptions> = {}): Checked =>
  checkProcedure(source, catalogue, {
    now: Date.UTC(2026, 0, 15),
    channels: Object.values(manifests),
    ...options,
  })

/** What it cost this process: others on the machine do not count. */
export function cpuMsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1_000
}

/** Steps in our format. */
export const checkSteps = (steps: string): Checked =>
  check(`copse: 1\nprocedure:\n  id: sample\n  triggers: [hello]\n  steps:\n${steps.replace(/^(?=.)/gm, '    ')}`)

export const placesOf = ({ findings }: Checked): string[] => findings.map(({ code, line }) => `${code} ${line}`)
export const codesOf = ({ findings }: Checked): string[] => findings.map(({ code }) => code)
