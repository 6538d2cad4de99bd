import { fieldsOf, stringOf, textOf, type Fields } from './read.ts'

/** What an error of the Cloud API means for the message, and for those that wait behind it. */
export interface ErrorClass {
  retryable: boolean
  retryAfterMs?: number
  channelDown?: true
  windowOver?: true
}

const minuteMs = 60_000
const permanent: ErrorClass = { retryable: false }
const again: ErrorClass = { retryable: true }
/** The message is as good as before: it goes when a person has put the account right. */
const down: ErrorClass = { retryable: true, channelDown: true }

/** By the code in the answer, and in `statuses[].errors` later. */
const classes: ReadonlyMap<number, ErrorClass> = new Map([
  // Too fast, or Meta's own trouble.
  [1, again],
  [2, again],
  [4, again],
  [80007, { retryable: true, retryAfterMs: minuteMs }],
  [130429, again],
  // One message in six seconds to the same person.
  [131056, { retryable: true, retryAfterMs: 6_000 }],
  [131000, again],
  [131016, again],
  [131057, { retryable: true, retryAfterMs: minuteMs }],
  [133004, again],
  // The account: token, permission, lock, payment, too many people who blocked or reported it; or its number, that was
  // deleted, is not registered or has a name that is not approved.
  [10, down],
  [33, down],
  [190, down],
  [368, down],
  [131031, down],
  [131037, down],
  [131042, down],
  [131048, down],
  [133010, down],
  // More than a day since the customer wrote: only a template would be taken.
  [131047, { retryable: false, windowOver: true }],
  // Undeliverable to this person, of a kind they cannot read, or not as Meta wants it.
  [100, permanent],
  // A country that the account may not write to: it comes as 403, which else means the account.
  [130497, permanent],
  [130472, permanent],
  [131008, permanent],
  [131009, permanent],
  [131026, permanent],
  // This person had enough of that kind: waiting a day would hold up all that we say after it.
  [131049, permanent],
  [131051, permanent],
])

/** A request that a proxy gave up or that came too early, and too many of them. */
const passing: ReadonlySet<number> = new Set([408, 425, 429])

/** The object in the address does not exist for this token: no message of this binding can go. */
const noSuchObject = 33

export function classOf(code: number | undefined, { status = 0, subcode = 0 } = {}): ErrorClass {
  if (code === 100 && subcode === noSuchObject) return down
  const known = code === undefined ? undefined : classes.get(code)
  if (known) return known
  if (code !== undefined && code >= 200 && code <= 299) return down
  // Templates: named in the message, so that it cannot be sent as it is.
  if (code !== undefined && code >= 132000 && code <= 132999) return permanent
  if (status === 401 || status === 403) return down
  return passing.has(status) || status >= 500 ? again : permanent
}

const maxReasonLength = 300

/** What Meta says of an error, in a receipt by its title. It repeats a token that it does not like: no log may have that. */
export function reasonOf(error: Fields, accessToken?: string): string {
  const { details } = fieldsOf(error['error_data'])
  const said = [textOf(error['title']) ?? textOf(error['message']), textOf(details)]
  const words = said.filter((each) => each !== undefined).join(': ')
  // Before it is cut, which would leave a part of the token.
  const safe = accessToken === undefined ? words : words.replaceAll(accessToken, '[token]')
  return stringOf(safe.slice(0, maxReasonLength).toWellFormed()) ?? 'Meta gave no reason.'
}
