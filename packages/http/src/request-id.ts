import type { IncomingMessage } from 'node:http'
import { randomUUID } from 'node:crypto'

/** What a client may choose: enough for uuids and trace ids, nothing that could forge a line in a log. */
const safe = /^[A-Za-z0-9._-]{8,64}$/

export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const sent = request.headers['x-request-id']
  return typeof sent === 'string' && safe.test(sent) ? sent : randomUUID()
}
