import type { Operation } from '../business.ts'
import { notFound } from '../texts.ts'

/** By customer id, e-mail address or phone number, whichever the channel verified. */
export const findCustomer: Operation = (args, business) => {
  const alias = args.text('alias').toLowerCase()
  const digits = alias.replaceAll(/\D/g, '')
  const customer = business.one(
    `SELECT * FROM customers
     WHERE lower(customer_id) = ? OR lower(email) = ? OR (? <> '' AND ltrim(phone, '+') = ?)`,
    alias,
    alias,
    digits,
    digits,
  )
  return customer ? { found: true, ...customer } : notFound('customer')
}
