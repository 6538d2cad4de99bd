import { readdirSync, readFileSync } from 'node:fs'
import { digest, operationManifest, type JsonObject, type OperationManifest } from '@copse/contracts'
import { besideOf, compileProcedure, parseDocument, toJson } from '@copse/procedures'
import { describe, expect, it } from 'vitest'
import { openTalk } from './testing/talk.ts'

/** Everything that can always be said, at every wait of every procedure that we ship. */
const root = new URL('../../../', import.meta.url)
const text = (file: string): string => readFileSync(new URL(file, root), 'utf8')
const manifests = (toJson(parseDocument(text('examples/demo-business/operations.yaml')).root!) as JsonObject[]).map(
  (one) => operationManifest.parse(one),
)
const files = readdirSync(new URL('procedures/', root)).filter((file) => file.endsWith('.procedure.yaml'))
const catalogue = {
  operations: Object.fromEntries(manifests.map((one) => [one.name, one])),
  beside: besideOf(() => files.map((file) => ({ file, text: text(`procedures/${file}`) }))),
}
/** Those that customers begin; others are steps of theirs. */
const library = files.filter((file) => text(`procedures/${file}`).includes('\n  triggers:'))

const order = (status: string, days: number): JsonObject => ({
  found: true,
  order: { order_id: 'ORD-123', status, days_since_delivery: days, merchant_name: 'TechMart', amount: 80 },
})
const alert = (severity: string, risk: number): JsonObject => ({
  found: true,
  alert_id: 'FA-001',
  account_id: 'ACC-1',
  alert: { alert_id: 'FA-001', account_id: 'ACC-1', severity, risk_score: risk, status: 'open' },
  severity,
  risk_score: risk,
  status: 'open',
  description: 'Odd transfers',
})
const visit = (status: string, missed = 0): JsonObject => ({
  found: true,
  visit_id: 'VIS-1',
  status,
  times_missed: missed,
  at: '2026-11-23T10:00:00Z',
})

/** What the outside knows; what a world does not say, it answers with an empty yes. */
const worlds: Record<string, Record<string, JsonObject>> = {
  delivered: { lookup_order: order('delivered', 10), get_fraud_alert: alert('high', 60), find_visit: visit('booked') },
  late: { lookup_order: order('delivered', 90), get_fraud_alert: alert('medium', 20), find_visit: visit('missed', 1) },
  processing: {
    lookup_order: order('processing', 0),
    get_fraud_alert: alert('high', 95),
    find_visit: visit('missed', 2),
  },
  cancelled: { lookup_order: order('cancelled', 0), get_fraud_alert: alert('low', 10), find_visit: visit('cancelled') },
  nothing: { lookup_order: { found: false }, get_fraud_alert: { found: false }, find_visit: visit('booked') },
}

/** Answers for a question without options; each is tried. */
const answers = [
  'ORD-123',
  'FA-001',
  'The parcel came broken and nobody answers',
  'ann@example.com',
  'Acme Ltd, for 40 people',
]

const compiled = new Map(library.map((file) => [file, compileProcedure(text(`procedures/${file}`), catalogue)]))

function open(file: string, known: Record<string, JsonObject>) {
  const compilation = compiled.get(file)
  if (!compilation?.ok) throw new Error(JSON.stringify(compilation?.diagnostics))
  const { id, name, version, triggers, description, tree, treeHash } = compilation.procedure
  const released = { id, name, version, triggers, description, treeHash, number: 1, source: '' }
  const talk = openTalk({
    procedures: [{ ...released, tree: JSON.parse(JSON.stringify(tree)) }],
    operations: manifests.map((manifest: OperationManifest) => [
      manifest,
      () => ({ status: 'ok', data: known[manifest.name] ?? { found: true } }),
    ]),
  })
  return { talk, trigger: triggers[0]! }
}

async function at(file: string, known: Record<string, JsonObject>, path: readonly string[]) {
  const { talk, trigger } = open(file, known)
  let last = await talk.say(trigger)
  for (const message of path) last = await talk.say(message)
  return { talk, last }
}

/** A way to every wait that can be reached: by each option, and by each answer. */
async function waitsOf(file: string, known: Record<string, JsonObject>): Promise<string[][]> {
  const seen = new Set<string>()
  const found: string[][] = []
  const queue: string[][] = [[]]
  while (queue.length > 0) {
    const path = queue.shift()!
    const { last } = await at(file, known, path)
    const key = digest([last.step ?? '', last.options])
    if (last.status !== 'waiting' || seen.has(key) || path.length > 8) continue
    seen.add(key)
    found.push(path)
    for (const next of last.options.length > 0 ? last.options : answers) queue.push([...path, next])
  }
  return found
}

const writes = (effects: readonly { name: string; policy: string; key: string }[]): string[] =>
  effects.flatMap(({ name, policy, key }) => (policy === 'read' ? [] : [`${name} ${key}`]))

describe.each(library)('%s', (file) => {
  it.each(Object.keys(worlds))('holds at every wait, where the outside says «%s»', async (world) => {
    const known = worlds[world]!
    const waits = await waitsOf(file, known)
    expect(waits.length).toBeGreaterThan(0)
    for (const path of waits) {
      const where = `${file} after ${JSON.stringify(path)}`
      const cancelling = await at(file, known, path)
      const cancelled = await cancelling.talk.say('cancel everything')
      expect(cancelled, where).toMatchObject({ status: 'completed', outcome: 'cancelled' })

      const asking = await at(file, known, path)
      const toPerson = await asking.talk.say('I want to talk to a person')
      const isOwn = typeof toPerson.decided['option'] === 'string'
      expect(isOwn || toPerson.handoffs.length === 1, where).toBe(true)

      // What was corrected is said, or asked about, or a person has it: never silence.
      const correcting = await at(file, known, path)
      const corrected = await correcting.talk.say('no, I meant ORD-456')
      expect(corrected.text, where).not.toBe('')
      const writesBefore = writes(correcting.talk.effects)
      expect(new Set(writesBefore).size, where).toBe(writesBefore.length)

      const { talk, last } = await at(file, known, path)
      const done = talk.effects.length
      for (let times = 0; times < 4; times++) {
        const again = await talk.say('what did you say?')
        expect([again.text, again.options, again.step], where).toEqual([last.text, last.options, last.step])
      }
      expect((await talk.say('delete my data')).options, where).toEqual(['Yes', 'No'])
      const passed = await talk.say('yes')
      expect([passed.options, passed.handoffs.length], where).toEqual([last.options, 1])
      expect(talk.effects.length, where).toBe(done)

      // The first option where a step asks first, the last when it asks again.
      const asked = new Set<unknown>()
      let heard = last
      for (let turns = 0; heard.status === 'waiting' && turns < 20; turns++) {
        const option = heard.options.at(asked.has(heard.step) ? -1 : 0)
        asked.add(heard.step)
        heard = await talk.say(option ?? answers[turns % answers.length]!)
      }
      expect(heard.status, where).not.toBe('waiting')
      const made = writes(talk.effects)
      expect(new Set(made).size, where).toBe(made.length)
    }
  })
})
