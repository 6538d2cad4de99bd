import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTenant, type ExampleTenant } from './tenant.ts'

/**
 * One night, in which most of what can happen happens. `shown`: example → what stands in the terminal; the tenant is left
 * as it is in the morning.
 */
export async function openNight(): Promise<{ tenant: ExampleTenant; shown: Record<string, string> }> {
  const tenant = await openTenant()
  try {
    return { tenant, shown: await play(tenant) }
  } catch (error) {
    await tenant.close()
    throw error
  }
}

async function play(tenant: ExampleTenant): Promise<Record<string, string>> {
  const { business, clock } = tenant
  const copse = (...words: string[]) => tenant.copse(...words)
  const say = (from: string, message: string, id: number) => tenant.say(from, message, id)
  const shown: Record<string, string> = {}

  const refund = await say('CUST-456', 'I want a refund for my order from TechMart', 1)
  await say('CUST-456', 'yes', 2)
  shown['status-calm'] = await copse('status')
  shown['why'] = await copse('why', refund)
  shown['replay'] = await copse('replay', '--last', '100')
  shown['replay-draft'] = await withDraft(tenant)

  business.faults.set({ delayMs: 0, fail: 'cut_after', operation: 'issue_refund', times: 20 })
  const lost = await say('CUST-678', 'I want a refund for ORD-602', 1)
  await say('CUST-678', 'yes', 2)
  business.faults.set({ delayMs: 0, fail: 'none' })
  shown['status-uncertain'] = await copse('status')
  shown['why-uncertain'] = await copse('why', lost)
  shown['effects'] = await copse('effects', '--uncertain')

  const nudged = await say('CUST-1', 'hello', 1)
  clock.at += 11 * 60_000
  await until(async () => (await tenant.get<{ turns: unknown[] }>(`/api/bt/trace/${nudged}`)).turns.length === 2)
  shown['why-timer'] = await copse('why', nudged)
  shown['timers'] = await copse('timers')

  const held = await say('CUST-2', 'hello', 1)
  const { session } = await tenant.get<{ session: { conversationId: string } }>(`/api/bt/trace/${held}`)
  shown['owner'] = await copse('owner', session.conversationId, 'human', '--why', 'she asked for Ana')
  await say('CUST-2', 'is somebody there?', 2)
  shown['why-held'] = await copse('why', held)

  const broken = await say('CUST-789', 'I want a refund for ORD-456', 1)
  await tenant.takeConnectorAway()
  await say('CUST-789', 'yes', 2)
  shown['why-unavailable'] = await copse('why', broken)
  shown['handoffs'] = await copse('handoffs')
  shown['dead-letters'] = await copse('dead-letters')
  shown['status-night'] = await copse('status')
  return shown
}

const refund = new URL('../../procedures/refund.procedure.yaml', import.meta.url)

/** The refund as somebody would like to have it: for two days only. */
async function withDraft(tenant: ExampleTenant): Promise<string> {
  const here = process.cwd()
  const text = await readFile(refund, 'utf8')
  const draft = text
    .replace('days_since_delivery <= 30', 'days_since_delivery <= 2')
    .replace('delivery > 30', 'delivery > 2')
  await writeFile(path.join(tenant.home, 'draft.procedure.yaml'), draft)
  process.chdir(tenant.home)
  try {
    return await tenant.copse('replay', '--last', '100', '--draft', 'draft.procedure.yaml')
  } finally {
    process.chdir(here)
  }
}

/** The clock of the story stands still meanwhile. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; !(await isSo()); looks++) {
    if (looks === 1_000) throw new Error('The story did not go on.')
    await sleep(10)
  }
}
