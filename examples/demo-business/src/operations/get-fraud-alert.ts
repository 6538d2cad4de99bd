import type { Operation } from '../business.ts'
import { money, notFound } from '../texts.ts'
import { readAlert } from './alert.ts'

const inSpanish: Record<string, string> = { high: 'alta', medium: 'media', low: 'baja' }

export const getFraudAlert: Operation = (args, business) => {
  const alert = readAlert(business, args.text('alert_id'))
  if (!alert) return notFound('alert')
  const severity = String(alert['severity'])
  return {
    found: true,
    ...alert,
    amount_text: money(Number(alert['amount_involved'])),
    severity_text: { en: severity, es: inSpanish[severity] ?? severity },
  }
}
