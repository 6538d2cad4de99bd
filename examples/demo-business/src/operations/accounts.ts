import type { Business, Operation } from '../business.ts'
import { minutesIn } from '../dated.ts'
import type { Row } from '../database.ts'
import { money, notFound } from '../texts.ts'

export const readAccount = (business: Business, accountId: string): Row | undefined =>
  business.one('SELECT * FROM accounts WHERE account_id = ?', accountId)

/** An operation on an account that exists. */
const ofAccount =
  (operation: (accountId: string, ...given: Parameters<Operation>) => ReturnType<Operation>): Operation =>
  (args, business) => {
    const accountId = args.text('account_id')
    return readAccount(business, accountId) ? operation(accountId, args, business) : notFound('account')
  }

export const getAccountTransactions = ofAccount((accountId, args, business) => {
  const days = args.number('days') ?? 30
  const transactions = business.all(
    'SELECT * FROM transactions WHERE account_id = ? AND date_minutes_ago <= ? ORDER BY date_minutes_ago',
    accountId,
    minutesIn(days),
  )
  const flagged = transactions.filter((transaction) => transaction['is_flagged'] === 1)
  const flaggedTotal = flagged.reduce((sum, transaction) => sum + Number(transaction['amount']), 0)
  return {
    found: true,
    account_id: accountId,
    days,
    count: transactions.length,
    flagged_count: flagged.length,
    flagged_total: flaggedTotal,
    flagged_total_text: money(flaggedTotal),
    transactions,
  }
})

export const getLoginHistory = ofAccount((accountId, args, business) => {
  const days = args.number('days') ?? 30
  const logins = recentLogins(business, accountId, days)
  const fresh = logins.filter((login) => login['is_new'] === 1)
  return { found: true, account_id: accountId, days, count: logins.length, new_device_count: fresh.length, logins }
})

export const checkDeviceFingerprint = ofAccount((accountId, _, business) => {
  const devices = business.all(
    'SELECT * FROM devices WHERE account_id = ? ORDER BY first_seen_days_ago DESC, device_id',
    accountId,
  )
  const logins = recentLogins(business, accountId, 30)
  const fresh = logins.filter((login) => login['is_new'] === 1)
  const places = fresh.map(({ device, location }) => `${device}, ${location}`).join('; ')
  return {
    found: true,
    account_id: accountId,
    new_device: fresh.length > 0,
    new_device_count: fresh.length,
    devices,
    logins,
    message:
      fresh.length === 0
        ? { en: 'all recent logins came from known ones.', es: 'todos los accesos recientes son de equipos conocidos.' }
        : { en: `one that was not seen before logged in (${places}).`, es: `ha entrado uno desconocido (${places}).` },
  }
})

export const getRiskIndicators = ofAccount((accountId, _, business) => {
  const rows = business.all('SELECT indicator FROM risk_indicators WHERE account_id = ? ORDER BY id', accountId)
  const indicators = rows.map(({ indicator }) => String(indicator))
  const listed = indicators.map((indicator) => indicator.replaceAll('_', ' ')).join(', ')
  return {
    found: true,
    account_id: accountId,
    count: indicators.length,
    indicators,
    message: { en: listed || 'none', es: listed || 'ninguno' },
  }
})

const recentLogins = (business: Business, accountId: string, days: number): Row[] =>
  business.all(
    'SELECT * FROM login_history WHERE account_id = ? AND timestamp_minutes_ago <= ? ORDER BY timestamp_minutes_ago',
    accountId,
    minutesIn(days),
  )
