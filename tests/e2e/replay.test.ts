import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Connector, ConnectorBinding, Json, Release } from '@copse/contracts'
import { createConnector } from '@copse/connectors'
import { openBusiness } from '@copse/demo-business/in-process'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import type { Scenario } from '@copse/studio'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoRelease, scenariosIn } from './demo-world.ts'
import { copse, openRecordedWorld, type RecordedWorld } from './recorded-world.ts'

const library = new URL('../../procedures/', import.meta.url)
const pathOf = (name: string): string => new URL(name, library).pathname
const identified = {
  refund: 'find_customer',
  complaint: 'find_customer',
  'fraud-triage': undefined,
  'order-status': 'find_customer',
  'password-reset': 'find_customer',
  appointment: 'find_customer',
  lead: undefined,
}

/** A calendar in memory that is open in the mornings. */
const weekdays: ConnectorBinding = {
  name: 'calendar',
  type: 'mock_calendar',
  config: { hours: { week: { mon: [{ from: '10:00', to: '12:00' }], wed: [{ from: '10:00', to: '12:00' }] } } },
  operations: [],
}

/** Answers as `offline` does, but is asked wherever a real model would be. */
const asked: LlmProvider = { ...createOfflineProvider(), capabilities: { json: 'schema', stream: false } }

let world: RecordedWorld
let replay: (...more: string[]) => ReturnType<typeof copse>
beforeEach(async () => {
  world = await openRecordedWorld()
  replay = (...more) => copse('replay', ...more, '--data', world.folder)
})
afterEach(() => world.remove())

const demo = (name: keyof typeof identified): Release =>
  demoRelease({ url: 'http://127.0.0.1:9' }, [pathOf(`${name}.procedure.yaml`)], identified[name])

/** Each scenario meets a business on its first day. */
async function withBusiness(release: Release, given: Json, model: LlmProvider | undefined, work: () => Promise<void>) {
  const business = openBusiness({ now: () => world.now() })
  business.given(given)
  await world.use(release, [business.connector], model)
  await work()
  business.close()
}

async function record(name: keyof typeof identified, model?: LlmProvider): Promise<number> {
  const release = model ? { ...demo(name), digest: name, model: { provider: 'scripted' as const } } : demo(name)
  const scenarios = scenariosIn(pathOf(`${name}.scenarios.yaml`))
  for (const scenario of scenarios) {
    const given = scenario.given['business'] ?? { delayMs: 0, fail: 'none' }
    await withBusiness(release, given, model, () => world.play(scenario))
  }
  return scenarios.length
}

async function refundOf(as: string, ...said: string[]): Promise<string> {
  const turns = said.map((customer) => ({ customer }))
  const scenario: Scenario = { name: as, as, given: {}, turns }
  await withBusiness(demo('refund'), { delayMs: 0, fail: 'none' }, undefined, () => world.play(scenario))
  return (await world.store.sessions({ limit: 1 }))[0]!.id
}

describe('recorded sessions of a version, run again on it, are identical', () => {
  async function expectIdentical(atLeast: number): Promise<void> {
    const { code, said } = await replay('--all')
    expect(said).toMatch(/^(\d+) of \1 identical; \d+ turns, nothing was performed\n$/)
    expect(Number(said.split(' ')[0])).toBeGreaterThanOrEqual(atLeast)
    expect(code).toBe(0)
  }

  it.each(Object.keys(identified) as (keyof typeof identified)[])('%s', { timeout: 180_000 }, async (name) => {
    await expectIdentical(await record(name))
  })

  it('complaint, where a model is asked', { timeout: 180_000 }, async () => {
    await expectIdentical(await record('complaint', asked))
  })

  it('hairdresser, with its reminders', { timeout: 180_000 }, async () => {
    const release = demoRelease({ url: '' }, [pathOf('hairdresser.flow.yaml')], undefined, weekdays)
    const scenarios = scenariosIn(pathOf('hairdresser.scenarios.yaml'))
    for (const scenario of scenarios) {
      const { language = 'en' } = scenario
      const calendar: Connector = createConnector(weekdays, {
        clock: { now: () => world.now() },
        tenant: { timeZone: 'Europe/Madrid', language },
      })
      await world.use(release, [calendar])
      await world.play(scenario)
      await calendar.close()
    }
    await expectIdentical(scenarios.length)
  })
})

describe('what is not as recorded', () => {
  /** As if the outside had answered otherwise. */
  function change(sql: string): void {
    const database = new DatabaseSync(join(world.folder, 'copse.db'))
    database.exec(sql)
    database.close()
  }

  it('is told turn by turn, with what differed', async () => {
    const session = await refundOf('CUST-456', 'I want a refund for my order from TechMart', 'yes')
    change(`UPDATE journal SET outcome = json_set(outcome, '$.data.days_since_delivery', 90) WHERE name = 'search_orders';
      UPDATE journal SET outcome = replace(outcome, '"days_since_delivery":', '"days_since_delivery":9')`)
    const { code, said } = await replay(session)
    expect(said).toContain('refund 1')
    expect(said).toContain('differs')
    expect(said).toMatch(/turn 1 > I want a refund for my order from TechMart\n {4}event \d+ of the trace is /)
    expect(said).toMatch(/turn 2 > yes\n/)
    expect(said).toMatch(/0 of 1 identical; 1 differs; 2 turns, nothing was performed/)
    expect(code).toBe(1)
  })

  it('is told where an effect is asked for that is not recorded', async () => {
    const session = await refundOf('CUST-456', 'I want a refund for my order from TechMart', 'yes')
    change(`DELETE FROM journal WHERE name = 'issue_refund'`)
    const { said } = await replay(session)
    expect(said).toMatch(/issue_refund is asked for by \S+ where \w+ is recorded\./)
  })

  it('is left out with the reason when retention took it', async () => {
    const early = await refundOf('CUST-456', 'I want a refund for my order from TechMart', 'yes')
    await world.store.delivered((await world.store.session(early))!.conversationId, 1_000)
    await world.store.prune(
      { textDays: 1, snapshotDays: 1, ledgerDays: 400, dedupeDays: 400 },
      world.now() + 10 * 86_400_000,
    )
    const later = await refundOf('CUST-456', 'I want a refund for ORD-123')
    const { code, said } = await replay('--all')
    expect(said).toContain('Retention has taken a part of what was said.')
    expect(said).toMatch(/1 of 2 identical; 1 not run/)
    expect(code).toBe(0)
    expect((await replay(later)).said).toMatch(/1 of 1 identical/)
  })

  it('is left out with the reason when the customer was forgotten, or a person had the conversation', async () => {
    const session = await refundOf('CUST-456', 'I want a refund')
    const { conversationId, contactId } = (await world.store.session(session))!
    await world.store.setOwner({ conversationId, owner: 'human', who: 'eva', reason: 'asks' })
    await world.send('CUST-456', { text: 'ORD-123' })
    expect((await replay(session)).said).toMatch(/1 of 1 identical; 2 turns/)
    await world.store.forget(contactId)
    expect((await replay(session)).said).toContain('The customer asked to be forgotten: nothing is left to run.')
  })
})

describe('a draft', () => {
  const refund = pathOf('refund.procedure.yaml')
  async function withDraft(change: (source: string) => string, ...more: string[]): Promise<string> {
    const file = join(world.folder, 'draft.procedure.yaml')
    writeFileSync(file, change(readFileSync(refund, 'utf8')))
    return (await replay('--all', '--draft', file, ...more)).said
  }

  it('that changes nothing is the same in every recorded session', { timeout: 180_000 }, async () => {
    const played = await record('refund')
    const said = await withDraft((source) => source)
    expect(said).toMatch(/^(\d+) of \1 sessions the same with refund 1.*; nothing was performed\n$/)
    expect(Number(said.split(' ')[0])).toBeGreaterThanOrEqual(played)
  })

  it('is told by where it goes, what it says and what it no longer does', async () => {
    await refundOf('CUST-456', 'I want a refund for my order from TechMart', 'yes')
    const said = await withDraft((source) =>
      source
        .replaceAll('days_since_delivery <= 30', 'days_since_delivery <= 2')
        .replaceAll('days_since_delivery > 30', 'days_since_delivery > 2'),
    )
    expect(said).toMatch(/the draft goes to .*; recorded is to .*issue_refund|the draft goes to/)
    expect(said).toMatch(/the draft no longer calls issue_refund with .*order_id ORD-123/)
    expect(said).toMatch(/the draft says ".*30 days.*"; recorded is "/)
    expect(said).toContain('0 of 1 session the same')
  })

  it('is told by what it offers, too', async () => {
    await refundOf('CUST-456', 'I want a refund for ORD-999')
    const said = await withDraft((source) => source.replace('en: Try again', 'en: Once more'))
    expect(said).toContain(
      'the draft offers "Once more | Ask a supervisor | Leave it"; recorded is "Try again | Ask a supervisor | Leave it"',
    )
    expect(said).toContain('0 of 1 session the same')
  })

  it('stops with the reason where it asks the outside for what is not recorded', async () => {
    await refundOf('CUST-456', 'I want a refund for my order from TechMart', 'yes')
    const said = await withDraft((source) => source.replace('reason: Requested by', 'reason: Asked for by'))
    expect(said).toContain(
      'The draft would have called issue_refund with reason Asked for by the customer within the refund policy (recorded Requested by the customer within the refund policy). What would have come of it is not recorded: it can be followed no further.',
    )
    expect(said).toMatch(/1 changes; 1 followed only so far; nothing was performed/)
  })

  describe('that names what its tenant runs', () => {
    const source = readFileSync(pathOf('order-status.procedure.yaml'), 'utf8')
    const draft = (): string => join(world.folder, 'draft.procedure.yaml')
    beforeEach(async () => {
      const release = demo('order-status')
      await withBusiness(release, { delayMs: 0, fail: 'none' }, undefined, () =>
        world.play({ name: 'one', as: 'CUST-456', given: {}, turns: [{ customer: 'where is my order ORD-123?' }] }),
      )
    })

    it('is run with that, wherever the file is', async () => {
      writeFileSync(draft(), source)
      expect((await replay('--all', '--draft', draft())).said).toContain('1 of 1 session the same with order_status')
    })

    it('is run with the table that it decides by', async () => {
      const [author, elsewhere] = ['author', 'elsewhere'].map((name) => join(world.folder, name))
      for (const folder of [author!, elsewhere!]) mkdirSync(folder)
      const fee = [
        'copse: 1\nprocedure:\n  id: fee\n  triggers: [fee]\n  steps:',
        '    - {id: ask, action: collect_info, say: How much?, extract_fields: [{key: total, type: number}], required_fields: [total], next_step: fee, on_failure: handoff}',
        '    - {id: fee, action: decide, table: fee.table.yaml, next_step: done}',
        '    - {id: done, action: end, say: "{{fee}} euros"}\n',
      ].join('\n')
      const rules = 'total||fee\n    -----||---\n    >= 50||0\n    < 50||5'
      const head = 'inputs: [{name: total, type: number}]\n  outputs: [{name: fee, type: number}]'
      writeFileSync(join(author!, 'fee.table.yaml'), `table:\n  ${head}\n  rules: |\n    ${rules}\n`)
      for (const folder of [author!, elsewhere!]) writeFileSync(join(folder, 'fee.procedure.yaml'), fee)
      const release = demoRelease({ url: 'http://127.0.0.1:9' }, [join(author!, 'fee.procedure.yaml')])
      await withBusiness(release, { delayMs: 0, fail: 'none' }, undefined, () =>
        world.play({ name: 'fee', as: 'CUST-456', given: {}, turns: [{ customer: 'fee' }, { customer: '20' }] }),
      )
      const { said } = await replay('--all', '--draft', join(elsewhere!, 'fee.procedure.yaml'))
      expect(said).toContain('1 of 1 session the same with fee')
    })

    it('is run with what stands beside it instead, where there is such a file', async () => {
      writeFileSync(draft(), source)
      const part = readFileSync(pathOf('find-order.procedure.yaml'), 'utf8')
      writeFileSync(join(world.folder, 'find-order.procedure.yaml'), part.replace('next_step:', 'next_stop:'))
      const { said } = await replay('--all', '--draft', draft())
      expect(said).toMatch(/find-order\.procedure\.yaml:\d+:\d+ error/)
      expect(said).toContain('nothing was run.')
    })
  })

  it('that does not compile is refused like everywhere', async () => {
    await refundOf('CUST-456', 'I want a refund')
    expect(await withDraft((source) => source.replace('next_step:', 'next_stop:'))).toContain('nothing was run.')
  })
})

describe('copse replay', () => {
  it.each([
    [[], 'Say which: a session, --all, or --last and how many.'],
    [['--last', 'ten'], '--last ten: give a number of sessions from 1.'],
    [['nobody'], 'copse replay: There is no session "nobody" here. `copse sessions` lists them.'],
    [
      ['--last', '1', '--draft', pathOf('lead.procedure.yaml')],
      'copse replay: 1 session looked at, none of the procedure lead.',
    ],
  ])('%j is refused in words', async (typed, words) => {
    await refundOf('CUST-456', 'I want a refund')
    const { code, said } = await replay(...typed)
    expect(said).toContain(words)
    expect(code).toBe(1)
  })
})
