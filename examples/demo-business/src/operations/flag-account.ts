import type { Operation } from '../business.ts'
import { isoTime } from '../dated.ts'
import { refused, type Texts } from '../texts.ts'
import { readAccount } from './accounts.ts'

/** A frozen account stays frozen when somebody wants it watched as well. */
export const flagAccount: Operation = (args, business) => {
  const accountId = args.text('account_id')
  const action = args.optional('action') ?? 'freeze'
  const account = readAccount(business, accountId)
  if (!account)
    return refused('account_not_found', {
      en: `There is no account ${accountId}.`,
      es: `No existe la cuenta ${accountId}.`,
    })
  const status = action === 'freeze' || account['status'] === 'frozen' ? 'frozen' : 'monitored'
  if (account['status'] === status)
    return { ok: true, account_id: accountId, status, repeated: true, message: texts(accountId, status) }
  const flag = {
    flag_id: business.nextId('account_flags', 'FLAG'),
    account_id: accountId,
    action,
    reason: args.optional('reason'),
    created_at: isoTime(business.clock.now()),
  }
  business.insert('account_flags', flag)
  business.run('UPDATE accounts SET status = ? WHERE account_id = ?', status, accountId)
  return { ok: true, ...flag, status, message: texts(accountId, status) }
}

const texts = (accountId: string, status: 'frozen' | 'monitored'): Texts =>
  status === 'frozen'
    ? { en: `Account ${accountId} is frozen.`, es: `La cuenta ${accountId} está congelada.` }
    : { en: `Account ${accountId} is under watch.`, es: `La cuenta ${accountId} está en observación.` }
