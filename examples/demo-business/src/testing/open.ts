import { startDemoBusiness, type DemoBusinessOptions } from '../start.ts'

export const noon = Date.parse('2026-03-10T12:00:00Z')
export const dayMs = 24 * 60 * 60 * 1000

export interface Answer {
  status: number
  body: Record<string, unknown>
}

/** The business on a free port, at a time that the test moves, with a short way to call it. */
export async function openBusiness(options: Partial<DemoBusinessOptions> = {}) {
  const clock = { at: noon, now: () => clock.at }
  const business = await startDemoBusiness({ port: 0, folder: ':memory:', clock, ...options })
  const get = async (path: string): Promise<Answer> => {
    const response = await fetch(`${business.url}${path}`)
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  let keys = 0
  const post = async (path: string, body: object = {}, key = `key-${(keys += 1)}`): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key }
    const response = await fetch(`${business.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  const rows = async (table: string) =>
    (await get(`/api/tables/${table}`)).body['rows'] as Record<string, string | number | null>[]
  return { ...business, clock, get, post, rows }
}
export type OpenBusiness = Awaited<ReturnType<typeof openBusiness>>
