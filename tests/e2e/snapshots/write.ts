// node tests/e2e/snapshots/write.ts: once, with the change that gives snapshots a new version. It stores what sessions of
// the shipped library look like at each of their waits, under the version of today. An older folder is never written anew.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { startDemoBusiness } from '@copse/demo-business'
import { demoRelease, play, scenariosIn } from '../demo-world.ts'
import type { Stored } from './corpus.ts'

const library = new URL('../../../procedures/', import.meta.url)
const identified = { refund: 'find_customer', complaint: 'find_customer', 'fraud-triage': undefined }

for (const [name, identity] of Object.entries(identified)) {
  const found = new Map<string, Stored['sessions'][number]>()
  let procedure: Stored['procedure'] | undefined
  for (const scenario of scenariosIn(new URL(`${name}.scenarios.yaml`, library).pathname)) {
    const business = await startDemoBusiness({ port: 0, folder: ':memory:' })
    const release = demoRelease(business, [new URL(`${name}.procedure.yaml`, library).pathname], identity)
    const { turns } = await play(scenario, release, business)
    await business.close()
    if (turns.at(-1)?.status === 'waiting') continue
    procedure = { ...release.procedures[0]!, source: '' }
    for (const [at, { step, status, atRest }] of turns.slice(0, -1).entries()) {
      const wrote = turns.slice(0, at + 1).some(({ performed }) => performed.some(({ policy }) => policy !== 'read'))
      // What was written before, the business of a later test does not know.
      if (step === null || status !== 'waiting' || wrote || found.has(step)) continue
      found.set(step, { step, from: atRest, scenario: { ...scenario, turns: scenario.turns.slice(at + 1) } })
    }
  }
  const sessions = [...found.values()]
  const v = (sessions[0]?.from.session?.snapshot as { v: number } | undefined)?.v
  if (v === undefined || !procedure) throw new Error(`No scenario of ${name} waits.`)
  const folder = new URL(`v${v}/`, import.meta.url)
  const file = new URL(`${name}.json`, folder)
  if (existsSync(file)) throw new Error(`${file.pathname} is there already: what a version stored does not change.`)
  mkdirSync(folder, { recursive: true })
  const stored: Stored = { ...(identity === undefined ? {} : { identity }), procedure, sessions }
  writeFileSync(file, `${JSON.stringify(stored, null, 1)}\n`)
}
