import type { Operation } from '../business.ts'
import { isoTime } from '../dated.ts'
import { refused } from '../texts.ts'

const hourMs = 3_600_000
const linksPerHour = 3

/** The answer is the same whether anybody has an account with that address: who asks need not be who has it. */
export const startPasswordReset: Operation = (args, business) => {
  const email = args.text('email').toLowerCase()
  const since = isoTime(business.clock.now() - hourMs)
  const sent = business.all('SELECT reset_id FROM password_resets WHERE email = ? AND created_at > ?', email, since)
  if (sent.length >= linksPerHour)
    return refused('too_many', {
      en: 'Several links were sent to that address in the last hour already.',
      es: 'En la última hora ya se han enviado varios enlaces a esa dirección.',
    })
  const created_at = isoTime(business.clock.now())
  business.insert('password_resets', { reset_id: business.nextId('password_resets', 'PW'), email, created_at })
  return { ok: true, email, minutes_valid: 30 }
}

/** Ends every session of the customer, wherever they or somebody else are signed in. */
export const signOutEverywhere: Operation = (args, business) => {
  const customerId = args.text('customer_id')
  const created_at = isoTime(business.clock.now())
  business.insert('sign_outs', {
    sign_out_id: business.nextId('sign_outs', 'OUT'),
    customer_id: customerId,
    created_at,
  })
  return { ok: true, customer_id: customerId }
}
