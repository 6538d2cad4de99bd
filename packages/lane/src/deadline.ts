export interface Deadline {
  /** Aborts at the deadline, or when the lane stops. */
  readonly signal: AbortSignal
  /** Rejects when the work does not give up within the grace after an abort: it is left behind and must not count. */
  bound<T>(work: Promise<T>): Promise<T>
  end(): void
}

export function startDeadline(limits: { turnMs: number; graceMs: number }, stop: AbortSignal): Deadline {
  const controller = new AbortController()
  const leftBehind = Promise.withResolvers<never>()
  let grace: NodeJS.Timeout | undefined
  const abort = (reason: unknown): void => {
    controller.abort(reason)
    grace ??= setTimeout(() => leftBehind.reject(reason), limits.graceMs)
  }
  const onStop = (): void => abort(stop.reason)
  stop.addEventListener('abort', onStop)
  if (stop.aborted) onStop()
  const timer = setTimeout(() => abort(new Error(`The turn took longer than ${limits.turnMs} ms.`)), limits.turnMs)
  return {
    signal: controller.signal,
    bound: (work) => Promise.race([work, leftBehind.promise]),
    end() {
      clearTimeout(timer)
      clearTimeout(grace)
      stop.removeEventListener('abort', onStop)
    },
  }
}
