import type { Connector, OperationCall, OperationOutcome } from '@copse/contracts'
import { linked } from './linked.ts'

/** How long an adapter has, once aborted, to say what it knows ("nothing was sent") before we assume the worst. */
const settleMs = 250

/** One call, ended after the operation's `timeoutMs` or by the caller, even when the adapter does not listen. */
export async function callWithin(connector: Connector, call: OperationCall): Promise<OperationOutcome> {
  const { operation } = call
  const { signal, abort, release } = linked(call.signal)
  const expired = new DOMException('No answer in time.', 'TimeoutError')
  const deadline = setTimeout(() => abort(expired), operation.timeoutMs)
  const { promise: gaveUp, resolve } = Promise.withResolvers<OperationOutcome>()
  let timer: NodeJS.Timeout | undefined
  const onAbort = () => {
    timer = setTimeout(() => resolve(unknown(call, signal.reason === expired)), settleMs)
  }
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([connector.call({ ...call, signal }), gaveUp])
  } finally {
    clearTimeout(deadline)
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    release()
  }
}

function unknown({ operation }: OperationCall, expired: boolean): OperationOutcome {
  return {
    status: operation.effect === 'read' ? 'unavailable' : 'uncertain',
    code: expired ? 'timeout' : 'aborted',
    reason: expired
      ? `${operation.name} did not answer within ${operation.timeoutMs} ms.`
      : `${operation.name} was called off before it answered.`,
  }
}
