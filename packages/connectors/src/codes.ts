/**
 * Why an outside system was not reached, as adapters say it in an outcome's `code`. True: the same call may well
 * succeed a moment later. False: it was reached and will answer the same again until somebody changes something.
 */
export const reachCodes = {
  connection_refused: true,
  name_unknown: true,
  timeout: true,
  aborted: true,
  connection_cut: true,
  server_error: true,
  too_busy: true,
  answer_unreadable: true,
  answer_too_large: false,
  redirected: false,
  rejected: false,
} as const
export type ReachCode = keyof typeof reachCodes

/** A code that an adapter made up for itself counts as transient: the breaker must see failures that we do not know. */
export const isTransient = (code: string): boolean => !Object.hasOwn(reachCodes, code) || reachCodes[code as ReachCode]
