import { z } from 'zod'
import { localConfig, parseYaml, type LocalConfig } from './local-config.ts'

const word = z.string().min(1)
const channel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('http_dev') }),
  z.strictObject({
    type: z.literal('whatsapp'),
    phone_number_id: word,
    access_token: word,
    app_secret: word,
    verify_token: word,
  }),
])

/** A tenant as the platform wrote it that flows in dialect F come from: one flow, one channel, connectors by category. */
const platformConfig = z.strictObject({
  tenant_id: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'use a-z, 0-9, "_" and "-"'),
  flow_path: word,
  channel,
  connectors: z.record(z.string(), z.looseObject({ type: word })).default({}),
})
type PlatformConfig = z.infer<typeof platformConfig>

/** Secrets that stand in the file itself, by the name of the credential: only that platform's files have them there. */
export interface Tenant {
  local: LocalConfig
  secrets: Record<string, string>
}

/** Our own file, or one of that platform: those begin with who the tenant is. */
export function readTenant(text: string, file: string): Tenant {
  if (!/^tenant_id:/m.test(text)) return { local: parseYaml(localConfig, text, file), secrets: {} }
  const given = parseYaml(platformConfig, text, file)
  const { tenant_id: id, flow_path: flow, connectors } = given
  const local = localConfig.parse({
    tenant: { slug: id.replaceAll('_', '-'), name: id, profile: { ...zoneOf(given), languages: ['es', 'en'] } },
    procedures: [flow],
    connectors: Object.entries(connectors).map(([name, { type, ...config }]) => ({ name, type, config })),
    ...channelsOf(given),
  })
  return { local, secrets: secretsOf(given) }
}

/** The tenant lives where its calendar does. */
function zoneOf({ connectors }: PlatformConfig): { timeZone?: unknown } {
  const zone = Object.values(connectors).find(({ timezone }) => timezone !== undefined)?.['timezone']
  return zone === undefined ? {} : { timeZone: zone }
}

/** Every tenant has http_dev in development. */
const channelsOf = ({ channel: given }: PlatformConfig) =>
  given.type === 'http_dev'
    ? {}
    : {
        channels: [
          {
            name: given.type,
            type: given.type,
            config: { phoneNumberId: given.phone_number_id },
            credential: given.type,
          },
        ],
      }

function secretsOf({ channel: given }: PlatformConfig): Record<string, string> {
  if (given.type === 'http_dev') return {}
  const { access_token: accessToken, app_secret: appSecret, verify_token: verifyToken } = given
  return { [given.type]: JSON.stringify({ accessToken, appSecret, verifyToken }) }
}
