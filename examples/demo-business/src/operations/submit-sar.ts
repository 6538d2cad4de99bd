import type { Operation } from '../business.ts'
import { isoTime } from '../dated.ts'
import { noSuchAlert, readAlert } from './alert.ts'

/** One report per alert; a second returns the first. */
export const submitSar: Operation = (args, business) => {
  const alertId = args.text('alert_id')
  if (!readAlert(business, alertId)) return noSuchAlert(alertId)
  const before = business.one('SELECT * FROM reports WHERE alert_id = ?', alertId)
  if (before) return { ok: true, ...before, repeated: true }
  const report = {
    report_id: business.nextId('reports', 'SAR'),
    alert_id: alertId,
    case_id: args.optional('case_id'),
    narrative: args.text('narrative'),
    created_at: isoTime(business.clock.now()),
  }
  business.insert('reports', report)
  return { ok: true, ...report }
}
