export type EngineFaultCode =
  | 'snapshot_invalid'
  | 'snapshot_newer'
  | 'livelock'
  | 'budget_exceeded'
  | 'journal_mismatch'
  | 'not_parked'
  | 'cleanup_parked'
  | 'not_at_once'
  | 'no_stage'
  | 'no_child'
  | 'no_shelf'
  | 'child_running'
  | 'ask_invalid'
  | 'status_invalid'
  | 'wait_invalid'
  | 'migration_refused'

/** Something that must not go on, as opposed to a domain "no" (a failure). No node can catch it for good. */
export class EngineFault extends Error {
  readonly code: EngineFaultCode

  constructor(code: EngineFaultCode, message: string) {
    super(message)
    this.name = 'EngineFault'
    this.code = code
  }
}

/** Thrown once the session is over; what happened is in `fault` or `abandoned`. */
export class Over extends Error {}

/** Thrown into a node that goes on after it was halted: whatever it still wants to do is dropped. */
export class Halted extends Error {}

/** What a node's own code threw in a run that is replayed: the session's fault now as it was then. */
export class RecordedError extends Error {
  readonly code: string | undefined

  constructor(message: string, code: string | undefined) {
    super(message)
    this.code = code
  }
}

export interface TreeFault {
  /** The node, by its path. */
  id: string
  message: string
}

/** A spec that is not a tree; all its faults at once. */
export class TreeError extends Error {
  readonly faults: readonly TreeFault[]

  constructor(faults: readonly TreeFault[]) {
    super(faults.map((fault) => `${fault.id}: ${fault.message}`).join('\n'))
    this.name = 'TreeError'
    this.faults = faults
  }
}
