import type { Operation } from '../business.ts'
import type { Texts } from '../texts.ts'
import { noSuchAlert, readAlert } from './alert.ts'

/** An alert with a supervisor stays escalated, a closed one keeps its first resolution: `ok`, and nothing changes. */
export const closeAlert: Operation = (args, business) => {
  const alertId = args.text('alert_id')
  const alert = readAlert(business, alertId)
  if (!alert) return noSuchAlert(alertId)
  const kept = alert['status'] === 'escalated' || alert['status'] === 'closed'
  if (!kept) {
    business.run(
      `UPDATE fraud_alerts SET status = 'closed', resolution = ?, notes = ? WHERE alert_id = ?`,
      args.text('resolution'),
      args.optional('notes'),
      alertId,
    )
  }
  const { status = null, resolution = null } = readAlert(business, alertId) ?? {}
  const message = status === 'escalated' ? withSupervisor(alertId) : closedAs(alertId, String(resolution), kept)
  return { ok: true, alert_id: alertId, status, resolution, ...(kept ? { repeated: true } : {}), message }
}

const withSupervisor = (alertId: string): Texts => ({
  en: `Alert ${alertId} stays open until the supervisor has decided.`,
  es: `La alerta ${alertId} sigue abierta hasta que decida el supervisor.`,
})

const resolutions: Record<string, Texts> = {
  resolved: { en: 'as resolved', es: 'como resuelta' },
  false_positive: { en: 'as a false positive', es: 'como falso positivo' },
  fraud_confirmed: { en: 'as confirmed fraud', es: 'como fraude confirmado' },
  duplicate: { en: 'as a duplicate', es: 'como duplicada' },
}

function closedAs(alertId: string, resolution: string, kept: boolean): Texts {
  const as = resolutions[resolution] ?? { en: '', es: '' }
  return {
    en: `Alert ${alertId} ${kept ? 'stays' : 'is'} closed ${as.en}.`,
    es: `La alerta ${alertId} ${kept ? 'sigue' : 'queda'} cerrada ${as.es}.`,
  }
}
