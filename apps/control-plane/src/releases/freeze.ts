import { checkNewBinding } from '@copse/connectors/manifests'
import {
  digest,
  Fault,
  hasErrors,
  releasedProcedure,
  type ConnectorBinding,
  type Diagnostic,
  type Release,
  type TenantProfile,
} from '@copse/contracts'
import { claimedTwice, secondFlows } from '@copse/procedures'
import { besideProcedures, compile, readCatalogue } from '../authoring/source.ts'
import { latestVersions } from '../credentials/credentials.service.ts'
import type { Tx } from '../database/database.ts'
import { latestKnowledge } from '../knowledge/knowledge.service.ts'
import { readChannels, readConnectors } from '../tenants/bindings.service.ts'
import { viewTenant } from '../tenants/tenant.ts'
import { readSources, type Source } from './sources.ts'

/** A release but for its number and digest. */
export interface Frozen {
  body: Omit<Release, 'number' | 'digest'>
  credentials: Record<string, number>
  diagnostics: Diagnostic[]
}

/** Everything a tenant has now, compiled and checked together; refuses with all that is wrong. */
export async function freeze(tx: Tx, tenantId: string): Promise<Frozen> {
  const tenant = viewTenant(await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }))
  const catalogue = await readCatalogue(tx, tenantId)
  const { procedures, beside, diagnostics } = compileAll(await readSources(tx, tenantId), catalogue)
  const connectors = await readConnectors(tx, tenantId)
  refuseUnfit(connectors, tenant.profile)
  const channels = await readChannels(tx, tenantId)
  const bound = [
    ...connectors,
    ...channels,
    tenant.model,
    ...(tenant.profile.handoffs ? [tenant.profile.handoffs] : []),
  ]
  const named = bound.flatMap(({ credential }) => credential ?? [])
  const credentials = await latestVersions(tx, tenantId, named)

  const missing = [
    ...(procedures.length === 0 ? ['a procedure'] : []),
    ...named.filter((name) => credentials[name] === undefined).map((name) => `the credential "${name}"`),
    ...(tenant.model.provider === 'anthropic' && tenant.model.credential === undefined
      ? ['a `credential` of the model']
      : []),
    // Without it a notice links to where the process listens, which no telephone reaches.
    ...((tenant.profile.handoffs?.email ?? tenant.profile.handoffs?.webhook) && tenant.profile.publicUrl === undefined
      ? ['`publicUrl` of the profile, which the links of notices begin with']
      : []),
    ...(tenant.identity !== null && catalogue.operations[tenant.identity]?.identity !== true
      ? [`an operation "${tenant.identity}" marked \`identity\``]
      : []),
  ]
  if (missing.length > 0) throw new Fault('not_ready', { detail: `Missing: ${missing.join(', ')}.` })

  const knowledge = await latestKnowledge(tx, tenantId)
  const { id, slug, name, profile, model, identity } = tenant
  const body = {
    tenant: { id, slug, name, profile },
    procedures,
    ...(beside.length === 0 ? {} : { beside }),
    ...(knowledge === undefined ? {} : { knowledge }),
    connectors,
    channels,
    model,
    ...(identity === null ? {} : { identity }),
  }
  return { body, credentials, diagnostics }
}

/** What a binding leaves open, the profile has to say; either may have changed since. */
function refuseUnfit(connectors: readonly ConnectorBinding[], { openingHours, holidays }: TenantProfile): void {
  const hasHours = Object.keys(openingHours).length > 0 || holidays.length > 0
  const problems = connectors.flatMap((binding) => checkNewBinding(binding, { hasHours }))
  if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
}

function compileAll(
  sources: readonly Source[],
  catalogue: Parameters<typeof compile>[2],
): Pick<Release, 'procedures'> & { beside: NonNullable<Release['beside']>; diagnostics: Diagnostic[] } {
  const beside = besideProcedures(sources)
  const compiled = sources.map((source) => ({
    ...source,
    outcome: compile(source.id, source.text, { ...catalogue, beside }),
  }))
  const sound = compiled.flatMap(({ outcome }) => (outcome.ok ? [outcome.procedure] : []))
  const diagnostics = [
    ...compiled.flatMap(({ outcome }) => outcome.diagnostics),
    ...secondFlows(sound),
    ...claimedTwice(sound),
  ]
  if (hasErrors(diagnostics)) throw new Fault('procedure_invalid', { extra: { diagnostics } })
  const procedures = compiled.flatMap(({ outcome, number, text }) => {
    if (!outcome.ok || outcome.composed.isSubprocedure) return []
    const { dialect: _, ...procedure } = outcome.procedure
    return [releasedProcedure.parse({ ...procedure, number, source: text })]
  })
  const released = new Set(procedures.map(({ source }) => source))
  return { procedures, beside: beside.named().filter(({ text }) => !released.has(text)), diagnostics }
}

/** The digest of all but the digest itself. */
export function numbered(body: Frozen['body'], number: number): Release {
  const release = { ...body, number }
  return { ...release, digest: digest(release) }
}
