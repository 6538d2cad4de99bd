import type { Operation } from '../business.ts'
import type { Texts } from '../texts.ts'
import { cancelOrder } from './cancel-order.ts'
import { openCase, setCase } from './case.ts'

const closed = ['resolved', 'cancelled', 'closed']

/**
 * What is with a supervisor only a supervisor closes: the answer is `ok` with `escalated`, because the conversation did
 * all it could and may end. A closed case keeps its first status, so that a second close changes nothing.
 */
export const updateCaseStatus: Operation = (args, business) => {
  const caseId = args.text('case_id')
  const wanted = args.text('status')
  const orderId = args.optional('order_id')
  const cancelled = wanted === 'cancelled' ? cancelOrder(business, args.text('customer_id'), orderId) : undefined
  if (cancelled && !cancelled.ok) return cancelled
  const about = { customer_id: args.text('customer_id'), order_id: cancelled?.order_id ?? orderId }
  const before = String(openCase(business, caseId, about)['status'])
  const kept = before === 'escalated' || (closed.includes(before) && closed.includes(wanted))
  if (!kept) setCase(business, caseId, wanted, args.optional('notes'))
  const { status, order_id, customer_id } = openCase(business, caseId)
  return {
    ok: true,
    case_id: caseId,
    status: String(status),
    order_id: order_id ?? null,
    customer_id: customer_id ?? null,
    ...(kept ? { repeated: true } : {}),
    message: cancelled?.message ?? said(String(status), wanted, caseId),
  }
}

function said(status: string, wanted: string, caseId: string): Texts {
  if (status === 'escalated')
    return {
      en: 'Your case stays open until the supervisor has answered you.',
      es: 'Su caso sigue abierto hasta que el supervisor le responda.',
    }
  if (closed.includes(wanted))
    return {
      en: `Your case number is ${caseId}, in case you need to come back to this.`,
      es: `Su número de caso es ${caseId}, por si necesita volver sobre esto.`,
    }
  return {
    en: `Your case ${caseId} is open and we are working on it.`,
    es: `Su caso ${caseId} está abierto y nos estamos ocupando de él.`,
  }
}
