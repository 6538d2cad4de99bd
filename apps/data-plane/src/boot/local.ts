import { readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  digest,
  Fault,
  formatDiagnostic,
  hasErrors,
  operationManifest,
  type Bundle,
  type ConnectorBinding,
  type Diagnostic,
  type Json,
  type Logger,
  type ReleasedProcedure,
} from '@copse/contracts'
import { catalogueOf } from '@copse/connectors/manifests'
import { compileProcedure, type Catalogue } from '@copse/procedures'
import { z } from 'zod'
import { prepareDataFolder } from './data-folder.ts'
import { localConfig, parseYaml, type LocalConfig } from './local-config.ts'
import type { Boot, BootOptions } from './source.ts'

/** A tenant from one YAML file and what it names, compiled in this process. For development. */
export async function bootFromLocal({ config, logger }: BootOptions, configPath: string): Promise<Boot> {
  const file = path.resolve(configPath)
  const local = parseYaml(localConfig, await read(file), configPath)
  const beside = path.dirname(file)
  return {
    bundle: await compileBundle(local, beside, logger),
    dataPath: await prepareDataFolder(
      config.dataPath ?? path.resolve(beside, local.data ?? `.copse/${local.tenant.slug}`),
    ),
    dev: config.dev ?? local.dev,
    watch: () => async () => {},
    reload: async () => compileBundle(parseYaml(localConfig, await read(file), configPath), beside, logger),
  }
}

async function compileBundle(local: LocalConfig, beside: string, logger: Logger): Promise<Bundle> {
  const at = (name: string): string => path.resolve(beside, name)
  const connectors = await Promise.all(local.connectors.map((binding) => withOperations(binding, at)))
  const procedures = await compileAll(local.procedures.map(at), { operations: operationsOf(connectors) }, logger)
  const credentials = await Promise.all(
    Object.entries(local.credentials).map(async ([name, file]) => [name, (await read(at(file))).trim()] as const),
  )
  const content = {
    number: 0,
    tenant: { id: local.tenant.slug, ...local.tenant, profile: withCustomers(local) },
    procedures,
    ...(local.knowledge === undefined ? {} : { knowledge: { version: 0, text: await read(at(local.knowledge)) } }),
    connectors,
    channels: local.channels,
    model: local.model,
    ...(local.identity === undefined ? {} : { identity: local.identity }),
  }
  return { release: { digest: digest(content), ...content }, credentials: Object.fromEntries(credentials) }
}

/** Every procedure with all its faults at once: an author mends the file in one go. */
async function compileAll(files: string[], catalogue: Catalogue, logger: Logger): Promise<ReleasedProcedure[]> {
  const found: Diagnostic[] = []
  const compiled: ReleasedProcedure[] = []
  for (const file of files) {
    const source = await read(file)
    const result = compileProcedure(source, catalogue, { file: path.relative('.', file) })
    found.push(...result.diagnostics)
    if (!result.ok) continue
    const { dialect: _, tree, ...procedure } = result.procedure
    compiled.push({ ...procedure, number: 0, source, tree: tree as unknown as Json })
  }
  if (hasErrors(found))
    throw new Fault('procedure_invalid', {
      detail: `\n${found.map(formatDiagnostic).join('\n')}`,
      extra: { diagnostics: found },
    })
  for (const diagnostic of found) logger.warn(diagnostic, 'procedure warning')
  return compiled
}

type LocalBinding = LocalConfig['connectors'][number]

/** Operations stand in the file, or in one beside it that several tenants may use. */
async function withOperations(binding: LocalBinding, at: (name: string) => string): Promise<ConnectorBinding> {
  const { operations } = binding
  if (typeof operations !== 'string') return { ...binding, operations }
  const file = at(operations)
  return { ...binding, operations: parseYaml(z.array(operationManifest), await read(file), path.relative('.', file)) }
}

const operationsOf = (connectors: readonly ConnectorBinding[]): Catalogue['operations'] =>
  Object.fromEntries([...catalogueOf(connectors)].map(([name, { operation }]) => [name, operation]))

function withCustomers({ tenant, demo }: LocalConfig): LocalConfig['tenant']['profile'] {
  if (demo.customers.length === 0) return tenant.profile
  const listed = demo.customers.map(({ id, name }) => (name === id ? id : `${id} ${name}`)).join(', ')
  return { ...tenant.profile, variables: { ...tenant.profile.variables, demo_customers: listed } }
}

const read = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as { code?: string }
    throw new Fault('config_invalid', { detail: `${path.relative('.', file)} cannot be read (${code}).`, cause: error })
  })
