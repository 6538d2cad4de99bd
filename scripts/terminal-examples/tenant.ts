import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { digest, silentLogger } from '@copse/contracts'
import { startDemoBusiness } from '@copse/demo-business'
import { stringify } from 'yaml'
import { readConfig as readCliConfig } from '../../apps/cli/src/config.ts'
import { run } from '../../apps/cli/src/run.ts'
import { boot } from '../../apps/data-plane/src/boot.ts'
import { compose } from '../../apps/data-plane/src/compose.ts'
import { readConfig } from '../../apps/data-plane/src/config.ts'
import { patientProcedure } from '../../apps/data-plane/src/testing/local-tenant.ts'

const root = new URL('../../', import.meta.url).pathname
/** A night in spring, when somebody is woken. */
const startAt = Date.UTC(2026, 3, 14, 3, 2)

export type ExampleTenant = Awaited<ReturnType<typeof openTenant>>

/** A tenant and its business with time and ids of our own, so that what is printed is the same each time. */
export async function openTenant() {
  const home = await mkdtemp(path.join(tmpdir(), 'copse-examples-'))
  const clock = { at: startAt, now: () => clock.at }
  let given = 0
  const newId = (): string =>
    digest(['id', (given += 1)]).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')
  const business = await startDemoBusiness({ port: 0, folder: ':memory:', clock })
  const configPath = path.join(home, 'tenant.yaml')
  const configure = (more: object): Promise<void> =>
    writeFile(
      configPath,
      stringify({ tenant: { slug: 'acme', name: 'Acme', profile: { timeZone: 'Europe/Madrid' } }, ...more }),
    )
  await writeFile(path.join(home, 'greet.yaml'), patientProcedure)
  await configure({
    procedures: [path.join(root, 'procedures/refund.procedure.yaml'), path.join(home, 'greet.yaml')],
    connectors: [
      {
        name: 'business',
        type: 'http',
        config: { baseUrl: business.url },
        operations: path.join(root, 'examples/demo-business/operations.yaml'),
      },
    ],
    identity: 'find_customer',
  })
  const config = readConfig({ TENANT_CONFIG_PATH: configPath, COPSE_DATA: path.join(home, 'data'), PORT: '0' })
  const plane = await compose({
    boot: await boot({ config, clock, logger: silentLogger, random: () => 0.5 }),
    host: config.host,
    port: 0,
    instance: 'acme-1',
    clock,
    ids: { newId },
    logger: silentLogger,
    wakeMs: 5,
  })
  const url = `http://127.0.0.1:${plane.port}`
  const post = async <T>(route: string, body: object): Promise<T> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}${route}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  async function type(words: readonly string[], signal = new AbortController().signal) {
    const shown: string[] = []
    const show = (text: string): void => void shown.push(stripVTControlCharacters(text))
    const environment = readCliConfig({ COPSE_TENANT_URL: url, USER: 'ana' })
    const code = await run(words, { environment, print: show, complain: show, now: clock.now, signal, width: 80 })
    return { code, text: shown.join('\n') }
  }
  return {
    clock,
    business,
    /** Only the greeting, and nothing to call: as when somebody took the connector away. */
    async takeConnectorAway() {
      await configure({ procedures: [path.join(home, 'greet.yaml')] })
      await post('/api/procedures/reload', {})
    },
    /** What somebody has at their desk: a file in a folder of its own, from which it is typed. */
    home,
    /** The session that answered. A while passes first, so that the story has a course. */
    async say(from: string, message: string, id: number): Promise<string> {
      clock.at += 20_000
      const { session_id } = await post<{ session_id: string }>('/api/chat', {
        user_id: from,
        message,
        message_id: `${from}-${id}`,
      })
      return session_id
    },
    async get<T>(route: string): Promise<T> {
      return (await (await fetch(`${url}${route}`)).json()) as T
    },
    type,
    /** What stands in the terminal after typing this. */
    async copse(...words: string[]): Promise<string> {
      const { code, text } = await type(words)
      if (code === 2) throw new Error(`copse ${words.join(' ')}: ${text}`)
      const typed = words.map((word) => (word.includes(' ') ? `"${word}"` : word))
      return `$ copse ${typed.join(' ')}\n${text}`
    },
    async close() {
      await plane.close()
      await business.close()
      await rm(home, { recursive: true })
    },
  }
}
