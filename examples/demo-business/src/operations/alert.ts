import type { Business } from '../business.ts'
import type { Row } from '../database.ts'
import { refused } from '../texts.ts'

export const readAlert = (business: Business, alertId: string): Row | undefined =>
  business.one(
    `SELECT fraud_alerts.*, accounts.customer_name, accounts.status AS account_status
     FROM fraud_alerts JOIN accounts USING (account_id) WHERE alert_id = ?`,
    alertId,
  )

export const noSuchAlert = (alertId: string) =>
  refused('alert_not_found', { en: `There is no alert ${alertId}.`, es: `No existe la alerta ${alertId}.` })
