import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { digest, type ConnectorBinding, type Json, type Release } from '@copse/contracts'
import { catalogueOf, createConnector, guarded } from '@copse/connectors'
import { demoBinding, type Control, type DemoBusiness } from '@copse/demo-business'
import { createOfflineProvider, type LlmProvider } from '@copse/llm'
import { besideOf, compileProcedure } from '@copse/procedures'
import { parseScenarios, playScenario, type AtRest, type Played, type Scenario, type World } from '@copse/studio'

/** A tenant of the demo business with these procedures, offline; every scenario gets a breaker of its own. */
export function demoRelease(
  business: Pick<DemoBusiness, 'url'>,
  files: readonly string[],
  identity?: string,
  binding: ConnectorBinding = demoBinding(business.url),
): Release {
  const offered = [...catalogueOf([binding]).values()].map(({ operation }) => operation)
  const catalogue = { operations: Object.fromEntries(offered.map((operation) => [operation.name, operation])) }
  const neighbours = [...new Set(files.map((file) => path.dirname(file)))].flatMap((folder) =>
    globSync(path.join(folder, '*.{procedure.yaml,table.yaml,dmn}')),
  )
  const beside = besideOf(() =>
    neighbours.map((file) => ({ file: path.basename(file), text: readFileSync(file, 'utf8') })),
  )
  const procedures = files.map((file) => {
    const source = readFileSync(file, 'utf8')
    const compiled = compileProcedure(source, { ...catalogue, beside }, { file })
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics, null, 2))
    const { dialect: _, tree, ...procedure } = compiled.procedure
    return { ...procedure, number: 1, source, tree: tree as unknown as Json }
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
    beside: beside.named(),
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
  from?: AtRest,
): Promise<Played> {
  business.faults.set((scenario.given['business'] as Control | undefined) ?? { delayMs: 0, fail: 'none' })
  const connectors = release.connectors.map((binding) => guarded(createConnector(binding), { sleep: async () => {} }))
  const world: World = { release, connectors, model, now: () => Date.now(), ...(from ? { from } : {}) }
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
