/**
 * The fault catalogue. A fault is an error that a person or a program outside may read: it has a stable code, says
 * whether trying again can help, and its sentence says what to do. Domain refusals ("order not found") are values,
 * never faults.
 */
export type FaultKind = 'input' | 'auth' | 'missing' | 'conflict' | 'limit' | 'unavailable' | 'bug'

interface Entry {
  kind: FaultKind
  status: number
  retryable: boolean
  title: string
}

const entry = (kind: FaultKind, status: number, title: string, retryable = false): Entry => ({
  kind,
  status,
  retryable,
  title,
})

export const faults = {
  body_not_json: entry('input', 400, 'The body is not JSON. Send `content-type: application/json` and a JSON object.'),
  body_invalid: entry('input', 400, 'The body does not have the expected shape. See `errors` for each field.'),
  body_too_large: entry('limit', 413, 'The body is too large. See `detail` for the limit.'),
  message_empty: entry('input', 422, 'The message is empty. Send some text or a payload.'),
  message_too_long: entry('limit', 422, 'The message is too long. See `detail` for the limit.'),
  procedure_invalid: entry(
    'input',
    422,
    'The procedure has faults. See `diagnostics` for each, with line, column and a fix.',
  ),
  flow_invalid: entry('input', 422, 'The flow has faults. See `diagnostics` for each, with line, column and a fix.'),
  text_unusable: entry('input', 422, 'No procedure can be drafted from this text. See `detail`.'),
  config_invalid: entry('input', 422, 'The configuration is not valid. See `detail` for the file and the field.'),
  token_missing: entry('auth', 401, 'Send `authorization: Bearer <token>`.'),
  token_invalid: entry(
    'auth',
    401,
    'The token is not valid here. Check that it was copied whole and was not replaced.',
  ),
  forbidden: entry('auth', 403, 'This token may look, not change. Ask for one that may operate.'),
  signature_invalid: entry('auth', 401, 'The signature does not fit the bytes. Check the secret of this channel.'),
  link_used: entry('conflict', 410, 'This link was used already, or is too old. Ask for a new one.'),
  case_taken: entry('conflict', 409, 'Somebody else has this case. Open it again to see who.'),
  route_not_found: entry('missing', 404, 'There is nothing at this address. Check the path and the method.'),
  not_found: entry('missing', 404, 'No such object, or you may not see it. Check the id.'),
  session_not_found: entry(
    'missing',
    404,
    'No such session for this user. Leave out `session_id` to go on with the open one.',
  ),
  already_exists: entry(
    'conflict',
    409,
    'An object with this name exists. Choose another name or change the existing one.',
  ),
  idempotency_mismatch: entry('conflict', 422, 'This Idempotency-Key was used with another body. Use a new key.'),
  precondition_failed: entry(
    'conflict',
    412,
    'Somebody changed this object meanwhile. Read it again and repeat the change.',
  ),
  not_ready: entry('conflict', 409, 'Something is missing before this can be done. See `detail`.'),
  busy: entry('unavailable', 503, 'Too much is under way. Try again in a moment.', true),
  draining: entry('unavailable', 503, 'This process is stopping. Try again in a moment.', true),
  storage_failed: entry('unavailable', 503, 'The message could not be stored. Try again; nothing was lost.', true),
  database_unreachable: entry(
    'unavailable',
    503,
    'The database does not answer. Check `DATABASE_URL`, and that Postgres is running.',
    true,
  ),
  data_locked: entry('conflict', 409, 'Another process holds this data folder. Stop it, or choose another folder.'),
  data_present: entry(
    'conflict',
    409,
    'The data folder is not empty. Choose another one, or say that its data may be replaced.',
  ),
  data_unwritable: entry('unavailable', 500, 'The data folder cannot be written. Check its owner and free space.'),
  data_damaged: entry('unavailable', 500, 'The data cannot be read. Restore the folder from a backup.'),
  data_newer: entry('conflict', 500, 'The data was written by a newer version. Start that version or a later one.'),
  storage_unsafe: entry('bug', 500, 'The database does not give the durability that is promised. See `detail`.'),
  port_taken: entry('conflict', 500, 'The port is in use. Stop the other process or choose another port.'),
  control_plane_unreachable: entry(
    'unavailable',
    503,
    'The control plane does not answer and there is no saved bundle to start from.',
    true,
  ),
  bundle_invalid: entry(
    'bug',
    500,
    'The saved bundle cannot be read. Delete it and start again with the control plane running.',
  ),
  secret_unreadable: entry(
    'bug',
    500,
    'A secret cannot be opened. The key, the tenant, the name or the version do not match.',
  ),
  snapshot_invalid: entry('bug', 500, 'The saved session does not fit its tree. The session was handed to a person.'),
  snapshot_newer: entry(
    'conflict',
    500,
    'The session was saved by a newer version and stays as it is. Start that version again, then redrive the message.',
  ),
  journal_mismatch: entry(
    'bug',
    500,
    'The session did something else than its journal says. It was stopped and handed to a person.',
  ),
  livelock: entry(
    'bug',
    500,
    'A stage was entered too often without waiting. The session was stopped and handed to a person.',
  ),
  budget_exceeded: entry(
    'bug',
    500,
    'The turn used more steps than allowed. The session was stopped and handed to a person.',
  ),
  operation_unknown: entry('bug', 500, 'The operation is not bound to any connector of this tenant.'),
  model_unavailable: entry(
    'unavailable',
    503,
    'The language model did not answer. Conversations go on with fixed texts.',
    true,
  ),
  model_refused: entry('unavailable', 502, 'The language model refused to answer.'),
  model_truncated: entry('unavailable', 502, 'The language model was cut off before it finished.', true),
  model_invalid: entry('unavailable', 502, 'The language model answered something that does not fit the schema.', true),
  internal: entry('bug', 500, 'Something went wrong on our side. It was logged with this request id.'),
} satisfies Record<string, Entry>

export type FaultCode = keyof typeof faults

export interface FaultOptions {
  detail?: string
  cause?: unknown
  /** When this case knows better than the catalogue, e.g. a model that refuses the credential. */
  retryable?: boolean
  /** Extra members of the problem document, e.g. `diagnostics` or `errors`. */
  extra?: Record<string, unknown>
}

/** For who reads both at once: nobody has to look for the detail any more. */
export const inOneText = (title: string, detail: string | undefined): string =>
  detail ? `${title.replace(/ See `detail`[^.]*\.$/, '')} ${detail}` : title

/** What went wrong in words, whatever was thrown. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export class Fault extends Error {
  readonly code: FaultCode
  readonly kind: FaultKind
  readonly status: number
  readonly retryable: boolean
  readonly detail: string | undefined
  readonly extra: Record<string, unknown>

  constructor(code: FaultCode, options: FaultOptions = {}) {
    const found = faults[code]
    super(inOneText(found.title, options.detail), { cause: options.cause })
    this.name = 'Fault'
    this.code = code
    this.kind = found.kind
    this.status = found.status
    this.retryable = options.retryable ?? found.retryable
    this.detail = options.detail
    this.extra = options.extra ?? {}
  }
}

/** Neither the request nor the message is to blame: the data cannot be written or read. */
export const isOfStorage = (error: unknown): error is Fault =>
  error instanceof Fault && (error.code === 'storage_failed' || error.code === 'data_damaged')

/** RFC 9457. `type` is stable and relative, so that no host is named. */
export interface Problem {
  type: string
  code: string
  title: string
  status: number
  retryable: boolean
  detail?: string
  requestId?: string
  [extra: string]: unknown
}

export function toProblem(error: unknown, requestId?: string): Problem {
  const fault = error instanceof Fault ? error : new Fault('internal')
  return {
    type: `/problems/${fault.code}`,
    code: fault.code,
    title: faults[fault.code].title,
    status: fault.status,
    retryable: fault.retryable,
    ...(fault.detail === undefined ? {} : { detail: fault.detail }),
    ...(requestId === undefined ? {} : { requestId }),
    ...fault.extra,
  }
}
