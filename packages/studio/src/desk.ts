import {
  digest,
  type Connector,
  type Diagnostic,
  type Ids,
  type Json,
  type OperationManifest,
  type Release,
  type ReleasedProcedure,
} from '@copse/contracts'
import { createOfflineProvider } from '@copse/llm'
import { compileProcedure, type Beside } from '@copse/procedures'
import type { Answers } from './answers/answers.ts'
import { createAnsweringConnector } from './answers/connector.ts'
import { createGivenModel, type GivenModel } from './answers/model.ts'
import type { World } from './conversation.ts'
import { outlineOf, type Outline } from './read/outline.ts'
import { withParts } from './read/parts.ts'

export interface Source {
  file: string
  text: string
}

/** A business that answers in this process; one is opened for every conversation, so that none finds another's traces. */
export interface PlayedBusiness {
  connector: Connector
  /** What a scenario says of it under `given.business`. Answers with a sentence when it cannot be so. */
  given(value: Json): string | undefined
  close(): void
}
export type OpenBusiness = (clock: { now(): number }) => PlayedBusiness
/** The calendar that tenants have built in, empty. */
export type OpenCalendar = (given: {
  clock: { now(): number }
  ids: Ids
  timeZone: string
  language: string
}) => Connector

/** What an author has before her: procedures that compiled, what operations answer, and a clock that she sets. */
export interface Desk {
  release: Release
  operations: readonly OperationManifest[]
  answers: Answers
  business: OpenBusiness | undefined
  calendar?: OpenCalendar
  /** When conversations begin, ms. */
  startAt: number
  /** How long a turn may take in real time. */
  patienceMs: number
  /** By procedure, what its author wrote, subprocedures included. */
  outlines: ReadonlyMap<string, Outline>
}

export type DeskSettings = Omit<Desk, 'release' | 'outlines'> & {
  sources: readonly Source[]
  /** What procedures can name: nothing, unless given. */
  beside?: Beside
  /** The first one is spoken unless a conversation says otherwise. */
  languages: readonly string[]
  timeZone: string
  /** What questions are answered from. */
  knowledge?: string | undefined
}

/** Compiles the procedures for the desk. Errors are for the author; without any, the diagnostics are warnings. */
export function openDesk(settings: DeskSettings): { desk?: Desk; diagnostics: Diagnostic[] } {
  const { sources, languages, timeZone, beside, knowledge, ...rest } = settings
  const catalogue = {
    operations: Object.fromEntries(settings.operations.map((one) => [one.name, one])),
    ...(beside ? { beside } : {}),
  }
  const compiled = sources.map(({ file, text }) => ({ text, ...compileProcedure(text, catalogue, { file }) }))
  const diagnostics = compiled.flatMap((one) => one.diagnostics)
  const procedures = compiled.flatMap((one): ReleasedProcedure[] => {
    if (!one.ok || one.composed.isSubprocedure) return []
    const { dialect: _, tree, ...procedure } = one.procedure
    return [{ ...procedure, number: 0, source: one.text, tree: tree as unknown as Json }]
  })
  if (compiled.some(({ ok }) => !ok)) return { diagnostics }
  const identity = identityOf(settings)
  const profile = { timeZone, languages: [...languages], openingHours: {}, holidays: [], variables: {} }
  const content = {
    number: 0,
    tenant: { id: 'desk', slug: 'desk', name: 'Desk', profile },
    procedures,
    ...(knowledge === undefined ? {} : { knowledge: { version: 0, text: knowledge } }),
    connectors: [],
    channels: [],
    model: { provider: 'offline' as const },
    ...(identity === undefined ? {} : { identity }),
  }
  const outlines = new Map(
    compiled.flatMap((one) =>
      one.ok
        ? [[one.procedure.id, withParts(outlineOf(one.text), one.composed.parts, one.procedure.tree)] as const]
        : [],
    ),
  )
  return { desk: { ...rest, outlines, release: { digest: digest(content), ...content } }, diagnostics }
}

/** Who answers for the customer; with nobody who could, the alias that a scenario writes from is the customer. */
function identityOf({ operations, answers, business }: DeskSettings): string | undefined {
  return operations.find(({ identity, name }) => identity && (business !== undefined || answers.has(name)))?.name
}

export interface Opened {
  world: World
  /** What the business said against what was given for it. */
  refused: string | undefined
  close(): Promise<void>
}

/** The outside, the model and the clock for one conversation. */
export function openWorld(
  desk: Desk,
  given: { answers?: Answers; model?: GivenModel | undefined; business?: Json; language?: string | undefined } = {},
): Opened {
  const { release, operations, startAt, patienceMs } = desk
  const { timeZone, languages } = release.tenant.profile
  let now = startAt
  const clock = { now: () => now }
  const business = desk.business?.(clock)
  let made = 0
  const ids = { newId: () => `played-${++made}` }
  const calendar = desk.calendar?.({ clock, ids, timeZone, language: given.language ?? languages[0] ?? 'en' })
  const refused = given.business === undefined ? undefined : business?.given(given.business)
  const layers = [...(given.answers ? [given.answers] : []), desk.answers]
  const connector = createAnsweringConnector(operations, layers, { calendar, business: business?.connector })
  const model = given.model === undefined ? createOfflineProvider() : createGivenModel(given.model)
  return {
    world: {
      release,
      connectors: [connector],
      model,
      now: () => startAt,
      tick: (at) => {
        now = at
      },
      patienceMs,
    },
    refused,
    async close() {
      await connector.close()
      business?.close()
    },
  }
}
