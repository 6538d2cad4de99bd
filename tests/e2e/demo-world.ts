import { readFileSync } from 'node:fs'
import { digest, type Json, type Release } from '@copse/contracts'
import { createConnector, guarded } from '@copse/connectors'
import { demoBinding, type Control, type DemoBusiness } from '@copse/demo-business'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import { compileProcedure } from '@copse/procedures'
import { parseScenarios, playScenario, type Played, type Scenario, type World } from '@copse/studio'

/** A tenant of the demo business with these procedures, offline; every scenario gets a breaker of its own. */
export function demoRelease(business: DemoBusiness, files: readonly string[], identity?: string): Release {
  const binding = demoBinding(business.url)
  const catalogue = {
    operations: Object.fromEntries(binding.operations.map((operation) => [operation.name, operation])),
  }
  const procedures = files.map((file) => {
    const source = readFileSync(file, 'utf8')
    const compiled = compileProcedure(source, catalogue, { file })
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics, null, 2))
    const { id, name, version, triggers, description, tree, treeHash } = compiled.procedure
    return { id, name, version, number: 1, triggers, description, source, tree: tree as unknown as Json, treeHash }
  })
  const content = {
    number: 1,
    tenant: {
      id: 'demo',
      slug: 'demo',
      name: 'Demo',
      profile: { timeZone: 'Europe/Madrid', languages: ['en', 'es'], openingHours: {}, holidays: [], variables: {} },
    },
    procedures,
    connectors: [binding],
    channels: [],
    model: { provider: 'offline' as const },
    ...(identity === undefined ? {} : { identity }),
  }
  return { digest: digest(content), ...content }
}

/** `given.business` is the demo business's own switch: slow, down, cut off. */
export async function play(
  scenario: Scenario,
  release: Release,
  business: DemoBusiness,
  model: LlmProvider = createOfflineProvider(),
): Promise<Played> {
  business.faults.set((scenario.given['business'] as Control | undefined) ?? { delayMs: 0, fail: 'none' })
  const connectors = release.connectors.map((binding) => guarded(createConnector(binding), { sleep: async () => {} }))
  const world: World = { release, connectors, model, now: () => Date.now() }
  try {
    return await playScenario(scenario, world)
  } finally {
    for (const connector of connectors) await connector.close()
  }
}

export const scenariosIn = (file: string): Scenario[] => parseScenarios(readFileSync(file, 'utf8'), file)

/** What a failing scenario shows: the whole conversation. */
export const transcript = ({ turns }: Played): string =>
  turns
    .map((turn) => `> ${turn.customer}\n< ${turn.reply} [${turn.options.join(' | ')}] (${turn.step}, ${turn.status})`)
    .join('\n')
