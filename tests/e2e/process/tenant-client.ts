import type { Answer } from './control-plane-process.ts'

/** What a customer's program and the tenant's own people send to a tenant's process. */
export interface TenantClient {
  chat(userId: string, message: string, more?: object): Promise<Answer>
  get(path: string): Promise<Answer>
  /** What is no JSON. */
  read(path: string): Promise<string>
}

/** Outside development the private routes ask for a token. */
export function tenantAt(url: string, token?: string): TenantClient {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
    return fetch(`${url}${path}`, { ...init, headers })
  }
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await ask(path, init)
    return { status: response.status, body: await response.json() }
  }
  return {
    chat: (userId, message, more) =>
      send('/api/chat', { method: 'POST', body: JSON.stringify({ user_id: userId, message, ...more }) }),
    get: (path) => send(path, {}),
    read: async (path) => (await ask(path)).text(),
  }
}
