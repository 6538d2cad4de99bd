/** Where a crash matters: between any two of these, other things are durable. */
export type LanePoint =
  | 'accepted'
  | 'fired'
  | 'turn-started'
  | 'intent-committed'
  | 'effect-returned'
  | 'outcome-committed'
  | 'before-commit'
  | 'committed'
  | 'send-claimed'
  | 'send-returned'
  | 'send-settled'
  | 'receipts-applied'
  | 'taken-over'
  | 'notice-claimed'
  | 'notice-returned'
  | 'notice-settled'

/** Called when a point is passed; the crash tests kill the process in it. */
export type Probe = (point: LanePoint) => void
