/**
 * Work with a signal that aborts after so long, or when the lane stops. Nothing holds the signal once the work is over:
 * those of `AbortSignal.timeout` and `.any` live on until their time has come, and each collection of garbage visits
 * every one.
 */
export async function within<T>(ms: number, stop: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const onStop = (): void => controller.abort(stop.reason)
  const timer = setTimeout(() => controller.abort(new DOMException('It took too long.', 'TimeoutError')), ms)
  stop.addEventListener('abort', onStop)
  if (stop.aborted) onStop()
  try {
    return await work(controller.signal)
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', onStop)
  }
}
