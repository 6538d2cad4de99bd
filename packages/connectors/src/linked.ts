export interface Linked {
  signal: AbortSignal
  abort: (reason: unknown) => void
  /** The work is over, and none of the others holds the signal any more. */
  release: () => void
}

/** A signal that aborts with the first of others. `AbortSignal.any` is held by them for as long as they live. */
export function linked(...others: AbortSignal[]): Linked {
  const controller = new AbortController()
  const follow = ({ target }: Event): void => controller.abort((target as AbortSignal).reason)
  for (const other of others) {
    if (other.aborted) controller.abort(other.reason)
    other.addEventListener('abort', follow)
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release() {
      for (const other of others) other.removeEventListener('abort', follow)
    },
  }
}
