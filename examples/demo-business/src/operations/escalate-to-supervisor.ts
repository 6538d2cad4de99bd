import type { Operation } from '../business.ts'
import { isoTime } from '../dated.ts'
import type { Texts } from '../texts.ts'
import { openCase, setCase } from './case.ts'

const respondWithin: Record<string, Texts> = {
  low: { en: 'two days', es: 'dos días' },
  medium: { en: 'one day', es: 'un día' },
  high: { en: 'four hours', es: 'cuatro horas' },
  urgent: { en: 'thirty minutes', es: 'treinta minutos' },
}

/** The case is a supervisor's from here on, and so is the alert that it is about. A second time returns the first. */
export const escalateToSupervisor: Operation = (args, business) => {
  const caseId = args.text('case_id')
  const alertId = args.optional('alert_id')
  openCase(business, caseId, { alert_id: alertId })
  const before = business.one('SELECT * FROM escalations WHERE case_id = ?', caseId)
  const escalation = before ?? {
    escalation_id: business.nextId('escalations', 'ESC'),
    case_id: caseId,
    reason: args.optional('reason'),
    priority: args.optional('priority') ?? 'medium',
    created_at: isoTime(business.clock.now()),
  }
  if (!before) business.insert('escalations', escalation)
  setCase(business, caseId, 'escalated', null)
  if (alertId !== null) business.run(`UPDATE fraud_alerts SET status = 'escalated' WHERE alert_id = ?`, alertId)
  const within = respondWithin[String(escalation['priority'])] ?? { en: 'one day', es: 'un día' }
  return {
    ok: true,
    ...escalation,
    status: 'escalated',
    respond_within: within,
    ...(before ? { repeated: true } : {}),
  }
}
