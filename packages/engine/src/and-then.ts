import type { Status } from './status.ts'

/** Goes on with a status now if it is there, later if it is promised: what is synchronous stays so. */
export function andThen(status: Status | Promise<Status>, next: (status: Status) => Status): Status | Promise<Status> {
  return typeof status === 'number' ? next(status) : status.then(next)
}
