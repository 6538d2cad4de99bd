import { z } from 'zod'
import type { Json } from './json.ts'
import { defaultTokensPerMonth } from './knowledge.ts'
import { operationManifest } from './operations.ts'

/** `IST` is one zone to the runtime and several to the world: of three letters, only these are in the IANA list. */
const threeLetters = /^(?:UTC|GMT|UCT|CET|EET|MET|WET|EST|MST|HST|PRC|ROC|ROK)$/i

const webAddress = z.url({ protocol: /^https?$/ })
const openingTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'not a time of day as HH:MM, e.g. 09:00')
const closingTime = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'not a time of day as HH:MM, e.g. 18:00')
const openSpan = z
  .tuple([openingTime, closingTime])
  .refine(([from, to]) => from !== to, 'opens and closes at once; write ["00:00", "24:00"] for the whole day')

const duration = z.string().regex(/^\d+ ?[a-z]+( \d+ ?[a-z]+)*$/, 'not a duration, e.g. 15m or 12h')

/** Who hears of it when a person is asked for, and what happens when nobody comes. */
export const handoffTargets = z
  .strictObject({
    email: z.strictObject({ to: z.email(), from: z.email() }).optional(),
    webhook: z.strictObject({ url: webAddress }).optional(),
    /** Names the credential with `{"smtpUrl": …, "secret": …}`: how mail is sent, and what signs the webhook. */
    credential: z.string().optional(),
    /** Counted while it is open, of a tenant that says when that is. */
    nobodyAfter: duration.default('15m'),
    returnAfter: duration.default('12h'),
    /** What a customer is told, per language, who is passed on while nobody is there; `{{opens}}` is when somebody is. */
    whenClosed: z.record(z.string(), z.string().trim().min(1).max(1_000)).optional(),
  })
  .refine(({ email, webhook, credential }) => (email ?? webhook) === undefined || credential !== undefined, {
    message: '`email` and `webhook` need a `credential`',
  })
export type HandoffTargets = z.infer<typeof handoffTargets>

/** What a tenant says of itself. Times are local to `timeZone`; without any `openingHours` it is always open. */
export const tenantProfile = z.strictObject({
  timeZone: z
    .string()
    .default('UTC')
    .refine((zone) => {
      if (zone.length === 3 && !threeLetters.test(zone)) return false
      // Asked first: every tenant is at its start, and a format takes ten times as long to make the first time.
      if (Intl.supportedValuesOf('timeZone').includes(zone)) return true
      try {
        return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
      } catch {
        return false
      }
    }, 'not an IANA time zone, e.g. Europe/Madrid'),
  languages: z
    .array(z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/))
    .min(1)
    .default(['en']),
  openingHours: z
    .partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.array(openSpan).max(20))
    .default({}),
  holidays: z.array(z.iso.date()).default([]),
  variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** Where its public port is reached from outside; links begin with it. Default: what the process listens on. */
  publicUrl: webAddress.optional(),
  handoffs: handoffTargets.optional(),
  /** Of answers from the tenant's text: what they may take of a model in a calendar month. */
  knowledge: z
    .strictObject({ tokensPerMonth: z.number().int().nonnegative().default(defaultTokensPerMonth) })
    .optional(),
})
export type TenantProfile = z.infer<typeof tenantProfile>

/** The engine's TreeSpec, which it checks when it builds it: to look at each value here too takes time at every start. */
const tree = z.looseObject({}) as unknown as z.ZodType<Json>

/** A frozen, lowered procedure. */
export const releasedProcedure = z.strictObject({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  /** The number of the immutable version in the control plane; 0 from a local file. */
  number: z.number().int(),
  triggers: z.array(z.string()),
  description: z.string().default(''),
  source: z.string(),
  tree,
  treeHash: z.string(),
  /** Takes the new messages that nobody's triggers claim. */
  kind: z.literal('flow').optional(),
})
export type ReleasedProcedure = z.infer<typeof releasedProcedure>

/** What procedures name and no customer begins: their subprocedures, and tables. The trees hold it already. */
export const namedSource = z.strictObject({ file: z.string(), text: z.string() })

export const connectorBinding = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]*$/),
  type: z.string(),
  config: z.record(z.string(), z.json()).default({}),
  /** Name of a credential of the tenant. */
  credential: z.string().optional(),
  operations: z.array(operationManifest).default([]),
})
export type ConnectorBinding = z.infer<typeof connectorBinding>

export const channelBinding = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_-]*$/),
  type: z.string(),
  config: z.record(z.string(), z.json()).default({}),
  credential: z.string().optional(),
})
export type ChannelBinding = z.infer<typeof channelBinding>

export const modelBinding = z.strictObject({
  provider: z.enum(['offline', 'anthropic', 'scripted']).default('offline'),
  model: z.string().optional(),
  baseUrl: z.string().optional(),
  credential: z.string().optional(),
  /** What a million tokens cost, so that metrics can say it. */
  usdPerMillion: z.strictObject({ input: z.number().nonnegative(), output: z.number().nonnegative() }).optional(),
  /** scripted only: replies in order. */
  replies: z.array(z.json()).optional(),
})
export type ModelBinding = z.infer<typeof modelBinding>

/** Everything a tenant's process needs, immutable; `digest` is of all other members. */
export const release = z.strictObject({
  digest: z.string(),
  number: z.number().int(),
  tenant: z.strictObject({ id: z.string(), slug: z.string(), name: z.string(), profile: tenantProfile }),
  procedures: z.array(releasedProcedure),
  /** So that a draft that names them can be compiled wherever the release is. */
  beside: z.array(namedSource).optional(),
  knowledge: z.strictObject({ version: z.number().int(), text: z.string() }).optional(),
  connectors: z.array(connectorBinding),
  channels: z.array(channelBinding),
  model: modelBinding,
  /** The operation marked `identity` that runs at session start. */
  identity: z.string().optional(),
})
export type Release = z.infer<typeof release>

/** What GET /boot/bundle answers. Credentials are in the clear here and nowhere else: never logged, kept only sealed. */
export const bundle = z.strictObject({
  release,
  credentials: z.record(z.string(), z.string()),
  /** Checks operator tokens: the public half, SPKI in base64. */
  operatorKey: z.string().optional(),
})
export type Bundle = z.infer<typeof bundle>

/** The file the host hands to a new instance (mode 0600); never the environment. */
export const bootstrap = z.strictObject({
  controlPlaneUrl: z.string(),
  tenantId: z.string(),
  token: z.string(),
})
export type Bootstrap = z.infer<typeof bootstrap>

/** Where a tenant's process answers its own people, unless told otherwise: beside its public port, on loopback. */
export const privatePortOf = (port: number): number => (port <= 64_535 ? port + 1_000 : port - 1_000)
