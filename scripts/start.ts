/**
 * `make start`: the demo business, the control plane, and two tenants created through its API. Everything it keeps is
 * under .copse/; a second start finds it there. Ctrl-C stops what it started, tenants included.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdminApi, type AdminApi, type Answer } from './demo/admin-api.ts'
import { startChild, type Child } from './demo/child.ts'
import { provision } from './demo/provision.ts'
import { createRecord, end } from './demo/running.ts'
import { demoTenants, type DemoTenant } from './demo/tenants.ts'

const root = join(import.meta.dirname, '..')
const data = join(root, '.copse')
const controlPlaneUrl = 'http://127.0.0.1:8001'
const businessUrl = 'http://127.0.0.1:8010'

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const children = new Map<string, Child>()
const record = createRecord(join(data, 'running.json'))
/** For the stop. */
let api: AdminApi | undefined
const stopping = new AbortController()

async function start(): Promise<void> {
  const other = await record.other()
  if (other !== undefined)
    throw new Error(`Copse is up already, started by process ${other}. Stop it there with Ctrl-C.`)
  for (const [name, id] of await record.leftBehind()) {
    say(`copse: ending the ${name} that an earlier start left behind …`)
    await end(id, 12_000)
  }
  for (const address of [controlPlaneUrl, businessUrl]) {
    if (await answers(address))
      throw new Error(`${address} answers already: something else is running there. Stop it first.`)
  }
  say('copse: starting the demo business …')
  await run(
    'demo business',
    'examples/demo-business/src/main.ts',
    { DEMO_DATA: join(data, 'demo-business') },
    `${businessUrl}/healthz`,
  )
  say('copse: starting the control plane (the first start prepares its database, up to half a minute) …')
  await run('control plane', 'apps/control-plane/dist/main.js', { COPSE_DATA: data }, `${controlPlaneUrl}/readyz`)
  const key = (await readFile(join(data, 'admin-key'), 'utf8')).trim()
  api = createAdminApi(controlPlaneUrl, key)
  const starting = createAdminApi(controlPlaneUrl, key, stopping.signal)
  for (const tenant of demoTenants) {
    say(`copse: preparing ${tenant.slug} …`)
    await provision(starting, tenant, businessUrl)
  }
  for (const tenant of demoTenants) await untilRuns(starting, tenant)
  say(summary(key))
}

/** Starts a part and, once it has been up, starts it again when it dies: tenants do not notice, and are adopted. */
async function run(
  name: string,
  script: string,
  env: Record<string, string>,
  ready: string,
  deaths = 0,
): Promise<void> {
  stopping.signal.throwIfAborted()
  const child = startChild(name, join(root, script), env, join(data, 'logs', `${name.replaceAll(' ', '-')}.log`))
  children.set(name, child)
  await record.add(name, child.process.pid ?? 0)
  let isUp = false
  void child.ended.then(({ code, lastWords }) => {
    if (stopping.signal.aborted) return
    const how = `The ${name} ended (${code ?? 'killed'}). ${lastWords}`
    if (!isUp || deaths >= 3) return void stop(1, how)
    process.stderr.write(`copse: ${how} Starting it again; the tenants go on meanwhile.\n`)
    run(name, script, env, ready, deaths + 1).catch((error: unknown) => stop(1, String(error)))
  })
  await untilAnswers(name, ready)
  isUp = true
}

const answers = (address: string): Promise<boolean> =>
  fetch(address).then(
    () => true,
    () => false,
  )

async function untilAnswers(name: string, address: string, patienceMs = 90_000): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(150)) {
    const up = await fetch(address).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return
  }
  throw new Error(`The ${name} does not answer. Its log is under .copse/logs.`)
}

/** As the control plane sees it: it knows why a tenant cannot start, and whether somebody else answers in its place. */
async function untilRuns(admin: AdminApi, { slug }: DemoTenant, patienceMs = 90_000): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(150)) {
    const { body } = await admin.get(`/v1/tenants/${slug}/deployment`)
    const { state, attempts, detail } = body['instance'] as { state: string; attempts: number; detail: string | null }
    if (state === 'running') return
    if (state === 'waiting' && attempts > 2) throw new Error(`${slug} cannot start. ${detail ?? ''}`)
  }
  throw new Error(`${slug} does not answer. Its log is .copse/instances/${slug}/instance.log.`)
}

/** Ends with an error when all is being stopped, so that nothing more is started. */
const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: stopping.signal })
const url = (tenant: DemoTenant): string => `http://127.0.0.1:${tenant.port}`

function summary(key: string): string {
  const [first] = demoTenants
  return [
    '',
    'Copse is up.',
    '',
    `  control plane   ${controlPlaneUrl}`,
    `  demo business   ${businessUrl}   (orders, refunds, alerts: its tables)`,
    ...demoTenants.map((tenant) => `  ${tenant.slug.padEnd(15)} ${url(tenant)}/chat`),
    '',
    `  admin key       ${key}`,
    '',
    'Try it:',
    ...(first
      ? [
          `  curl -s ${url(first)}/api/chat -H 'content-type: application/json' \\`,
          `    -d '${JSON.stringify({ user_id: first.hello.as, message: first.hello.message })}'`,
        ]
      : []),
    '',
    'Ctrl-C stops everything; `make start` brings it back with its data.',
  ].join('\n')
}

async function stop(code: number, why?: string): Promise<void> {
  if (stopping.signal.aborted) return
  stopping.abort()
  if (why !== undefined) process.stderr.write(`copse: ${why}\n`)
  // Nothing started: whatever runs is somebody else's.
  if (children.size > 0) {
    say('copse: stopping …')
    await Promise.all(demoTenants.map(askToStop))
    for (const child of [...children.values()].toReversed()) await child.stop()
    await Promise.all(demoTenants.map(endRecorded))
    await record.forget()
    say('copse: stopped.')
  }
  process.exit(code)
}

/** Through the control plane, as long as it answers. */
async function askToStop({ slug }: DemoTenant): Promise<void> {
  const at = `/v1/tenants/${slug}/deployment`
  let { state } = await stateOf(api?.post(at, { desired: 'stopped' }))
  for (const until = Date.now() + 12_000; Date.now() < until && state !== 'stopped';) {
    await sleep(100)
    state = (await stateOf(api?.get(at))).state
  }
}

/** A tenant that was never deployed, or whose control plane is gone, has nothing to wait for. */
async function stateOf(asked: Promise<Answer> | undefined): Promise<{ state: string }> {
  const answer = await asked?.catch(() => undefined)
  return (answer?.body['instance'] as { state: string } | undefined) ?? { state: 'stopped' }
}

/** When the control plane could not see to it: by what its host wrote down. */
async function endRecorded({ slug }: DemoTenant): Promise<void> {
  const recorded = await readFile(join(data, 'instances', slug, 'instance.json'), 'utf8').catch(() => undefined)
  if (recorded !== undefined) await end((JSON.parse(recorded) as { id: string }).id, 12_000)
}

// Also when the terminal is closed, which nobody can be told any more; and once, however often it is asked.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
start().catch((error: unknown) => stop(1, error instanceof Error ? error.message : String(error)))
