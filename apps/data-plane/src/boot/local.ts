import path from 'node:path'
import {
  digest,
  Fault,
  formatDiagnostic,
  hasErrors,
  knowledgeText,
  operationManifest,
  type Bundle,
  type ConnectorBinding,
  type Diagnostic,
  type Json,
  type Logger,
  type ReleasedProcedure,
} from '@copse/contracts'
import { checkChannel } from '@copse/channels/manifests'
import { catalogueOf, checkBinding } from '@copse/connectors/manifests'
import { besideOf, claimedTwice, compileProcedure, secondFlows, type Catalogue } from '@copse/procedures'
import { z } from 'zod'
import { keptToken } from '../kept-key.ts'
import { prepareDataFolder } from './data-folder.ts'
import { parseYaml, type LocalConfig } from './local-config.ts'
import { readTenant, type Tenant } from './platform-config.ts'
import { openReading, watchFiles, type Reading } from './reading.ts'
import type { Boot, BootOptions } from './source.ts'

/** A change shows this soon at the latest, twice over: it is looked at until it has come to rest. */
const lookMs = 500

/** A tenant from one YAML file and what it names, compiled in this process. For development. */
export async function bootFromLocal({ config, logger }: BootOptions, configPath: string): Promise<Boot> {
  const file = path.resolve(configPath)
  const beside = path.dirname(file)
  let reading = await openReading()
  const read = async (): Promise<{ bundle: Bundle; local: LocalConfig }> => {
    reading = await openReading(reading.stamps.keys())
    const tenant = readTenant(await reading.text(file), configPath)
    return { bundle: await compileBundle(tenant, beside, reading, logger), local: tenant.local }
  }
  const { bundle, local } = await read()
  const dev = config.dev ?? local.dev
  const dataPath = await prepareDataFolder(
    config.dataPath ?? path.resolve(beside, local.data ?? `.copse/${local.tenant.slug}`),
  )
  return {
    bundle,
    dataPath,
    dev,
    // No control plane gives one.
    ...(dev ? {} : await keptToken(dataPath)),
    watch: (_, apply, refused) =>
      watchFiles({
        reading: () => reading,
        everyMs: Math.min(config.pollMs, lookMs),
        async readAgain() {
          try {
            const { bundle: next } = await read()
            await apply(next)
            logger.info({ digest: next.release.digest }, 'files changed: new conversations begin on them')
          } catch (error) {
            logger.error({ error }, 'files changed and cannot be used: what ran goes on')
            refused(error)
          }
        },
      }),
    reload: async () => (await read()).bundle,
  }
}

async function compileBundle(
  { local, secrets }: Tenant,
  beside: string,
  reading: Reading,
  logger: Logger,
): Promise<Bundle> {
  const at = (name: string): string => path.resolve(beside, name)
  const connectors = await Promise.all(local.connectors.map((binding) => withOperations(binding, at, reading)))
  refuseUnknown(connectors, local.channels)
  const places = await Promise.all(local.procedures.map((name) => reading.proceduresAt(at(name))))
  const files = [...new Set(places.flat())]
  const neighbours = await reading.neighboursOf(files)
  const catalogue = { operations: operationsOf(connectors), beside: besideOf(() => neighbours) }
  const procedures = await compileAll(files, catalogue, reading, logger)
  const released = new Set(procedures.map(({ source }) => source))
  const named = catalogue.beside.named().filter(({ text }) => !released.has(text))
  const credentials = await Promise.all(
    Object.entries(local.credentials).map(
      async ([name, file]) => [name, (await reading.text(at(file))).trim()] as const,
    ),
  )
  const content = {
    number: 0,
    tenant: { id: local.tenant.slug, ...local.tenant, profile: withCustomers(local) },
    procedures,
    ...(named.length === 0 ? {} : { beside: named.map(({ file, text }) => ({ file: path.basename(file), text })) }),
    ...(local.knowledge === undefined
      ? {}
      : { knowledge: { version: 0, text: await knowledgeAt(at(local.knowledge), reading) } }),
    connectors,
    channels: local.channels,
    model: local.model,
    ...(local.identity === undefined ? {} : { identity: local.identity }),
  }
  return {
    release: { digest: digest(content), ...content },
    credentials: { ...secrets, ...Object.fromEntries(credentials) },
  }
}

/** First: what a connector that is wrong does not offer, procedures would be blamed for. */
function refuseUnknown(connectors: readonly ConnectorBinding[], channels: LocalConfig['channels']): void {
  const problems = [
    ...connectors.flatMap((binding) => checkBinding(binding)),
    ...channels.flatMap((binding) => checkChannel(binding)),
  ]
  if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
}

async function knowledgeAt(file: string, reading: Reading): Promise<string> {
  const parsed = knowledgeText.safeParse(await reading.text(file))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Fault('config_invalid', { detail: `${path.relative('.', file)} ${issue?.message}.` })
}

/** Every procedure with all its faults at once: an author mends the file in one go. */
async function compileAll(
  files: string[],
  catalogue: Catalogue,
  reading: Reading,
  logger: Logger,
): Promise<ReleasedProcedure[]> {
  const found: Diagnostic[] = []
  const compiled: ReleasedProcedure[] = []
  const fileOf = new Map<string, string>()
  for (const file of files) {
    const source = await reading.text(file)
    const shown = path.relative('.', file)
    const result = compileProcedure(source, catalogue, { file: shown })
    found.push(...result.diagnostics)
    if (!result.ok) continue
    const other = fileOf.get(result.procedure.id)
    if (other !== undefined) found.push(secondOf(result.procedure.id, shown, other))
    fileOf.set(result.procedure.id, shown)
    if (result.composed.isSubprocedure) continue
    const { dialect: _, tree, ...procedure } = result.procedure
    compiled.push({ ...procedure, number: 0, source, tree: tree as unknown as Json })
  }
  found.push(...secondFlows(compiled), ...claimedTwice(compiled))
  if (hasErrors(found))
    throw new Fault('procedure_invalid', {
      detail: `\n${found.map(formatDiagnostic).join('\n')}`,
      extra: { diagnostics: found },
    })
  for (const diagnostic of found) logger.warn(diagnostic, 'procedure warning')
  return compiled
}

/** Which of the two would run, nobody could say. */
const secondOf = (id: string, file: string, other: string): Diagnostic => ({
  code: 'duplicate_procedure',
  severity: 'error',
  message: `"${id}" is the id of ${other}, too.`,
  fix: 'Give one of the two another id, or take it out of the folder.',
  file,
  line: 1,
  column: 1,
})

type LocalBinding = LocalConfig['connectors'][number]

/** Operations stand in the file, or in one beside it that several tenants may use. */
async function withOperations(
  binding: LocalBinding,
  at: (name: string) => string,
  reading: Reading,
): Promise<ConnectorBinding> {
  const { operations } = binding
  if (typeof operations !== 'string') return { ...binding, operations }
  const file = at(operations)
  return {
    ...binding,
    operations: parseYaml(z.array(operationManifest), await reading.text(file), path.relative('.', file)),
  }
}

const operationsOf = (connectors: readonly ConnectorBinding[]): Catalogue['operations'] =>
  Object.fromEntries([...catalogueOf(connectors)].map(([name, { operation }]) => [name, operation]))

function withCustomers({ tenant, demo }: LocalConfig): LocalConfig['tenant']['profile'] {
  if (demo.customers.length === 0) return tenant.profile
  const listed = demo.customers.map(({ id, name }) => (name === id ? id : `${id} ${name}`)).join(', ')
  return { ...tenant.profile, variables: { ...tenant.profile.variables, demo_customers: listed } }
}
