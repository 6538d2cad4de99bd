import type { Tenant } from './tenant.ts'

export interface Spent {
  turns: number
  ms: number
  cpuUs: number
  /** Of each turn, from submitting to settled, in ms. */
  took: number[]
}

const opening = 'I want a refund'
let orders = 100_000

/** So many contacts talk at once for so long, each one refund after the other: opening, order, "yes". */
export async function converse(tenant: Tenant, contacts: number, forMs: number): Promise<Spent> {
  const took: number[] = []
  const refundsBefore = tenant.refunds()
  let conversations = 0
  const cpu = process.cpuUsage()
  const start = performance.now()
  const say = async (alias: string, text: string) => {
    const before = performance.now()
    const settled = await tenant.say(alias, text)
    took.push(performance.now() - before)
    return settled
  }
  const talk = async (alias: string): Promise<void> => {
    while (performance.now() - start < forMs) {
      const order = `ORD-${orders++}`
      await say(alias, opening)
      await say(alias, `it is ${order}`)
      const { reply } = await say(alias, 'yes')
      if (reply.status !== 'completed') throw new Error(`A refund ended as ${reply.status}: ${JSON.stringify(reply)}`)
      conversations++
    }
  }
  await Promise.all(Array.from({ length: contacts }, (_, at) => talk(`CUST-${at}`)))
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  const refunds = tenant.refunds() - refundsBefore
  if (refunds !== conversations) throw new Error(`${conversations} conversations made ${refunds} refunds.`)
  return { turns: took.length, ms, cpuUs: user + system, took }
}
