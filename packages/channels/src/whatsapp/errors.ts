/** What an error of the Cloud API means for the message, and for those that wait behind it. */
export interface ErrorClass {
  retryable: boolean
  retryAfterMs?: number
  channelDown?: true
}

const minuteMs = 60_000
const permanent: ErrorClass = { retryable: false }
const again: ErrorClass = { retryable: true }
/** The message is as good as before: it goes when a person has put the account right. */
const down: ErrorClass = { retryable: true, channelDown: true }

/** By the code in the answer, and in `statuses[].errors` later. */
const classes: ReadonlyMap<number, ErrorClass> = new Map([
  // Too fast, or Meta's own trouble.
  [4, again],
  [80007, { retryable: true, retryAfterMs: minuteMs }],
  [130429, again],
  // One message in six seconds to the same person.
  [131056, { retryable: true, retryAfterMs: 6_000 }],
  [131000, again],
  [131016, again],
  [131057, { retryable: true, retryAfterMs: minuteMs }],
  [133004, again],
  // The account: token, permission, lock, payment, too many people who blocked or reported it.
  [10, down],
  [190, down],
  [368, down],
  [131031, down],
  [131042, down],
  [131048, down],
  // More than a day since the customer wrote: only a template would be taken.
  [131047, permanent],
  // Undeliverable to this person, of a kind they cannot read, or not as Meta wants it.
  [100, permanent],
  [130472, permanent],
  [131008, permanent],
  [131009, permanent],
  [131026, permanent],
  // This person had enough of that kind: waiting a day would hold up all that we say after it.
  [131049, permanent],
  [131051, permanent],
])

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
  return status === 429 || status >= 500 ? again : permanent
}
