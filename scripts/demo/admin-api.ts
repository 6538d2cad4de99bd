/** The few calls to the admin API that the demo makes. A refusal is thrown with what the problem document says. */
export interface AdminApi {
  get(path: string): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  post(path: string, body: unknown, accept?: readonly number[]): Promise<Answer>
}
export interface Answer {
  status: number
  body: Record<string, unknown>
}

/** Once `signal` is aborted nothing more is asked. */
export function createAdminApi(url: string, key: string, signal: AbortSignal | null = null): AdminApi {
  const send = async (method: string, path: string, body: unknown, accept: readonly number[]): Promise<Answer> => {
    const headers: Record<string, string> = { authorization: `Bearer ${key}` }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    if (response.ok || accept.includes(response.status)) return { status: response.status, body: answer }
    throw new Error(`${method} ${path}: ${response.status} ${text}`)
  }
  return {
    get: (path) => send('GET', path, undefined, []),
    put: (path, body) => send('PUT', path, body, []),
    post: (path, body, accept = []) => send('POST', path, body, accept),
  }
}
