import { modelBinding, tenantProfile, type ModelBinding, type TenantProfile } from '@copse/contracts'
import { parse } from '@copse/http'
import { parseDuration } from '@copse/time'
import { z } from 'zod'
import type { Tenant as TenantRow } from '../generated/prisma/client.ts'

export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, 'is 2 to 31 of a-z, 0-9 and "-", and starts with a letter')

/** What a tenant's process would refuse a release for. It is asked of what comes in: what is stored can always be shown. */
const soundProfile = tenantProfile.superRefine(({ handoffs }, context) => {
  for (const key of ['nobodyAfter', 'returnAfter'] as const) {
    const text = handoffs?.[key]
    if (text === undefined || (parseDuration(text) ?? 0) >= 1_000) continue
    const message = 'not a duration of a second or more, e.g. 15m or 12h'
    context.addIssue({ code: 'custom', path: ['handoffs', key], message })
  }
})

export const newTenant = z.strictObject({
  slug,
  name: z.string().trim().min(1).max(200),
  profile: soundProfile.default(() => tenantProfile.parse({})),
})
export type NewTenant = z.infer<typeof newTenant>

export const tenantChange = z.strictObject({
  name: newTenant.shape.name.optional(),
  /** Checked together with what stays. */
  profile: z.record(z.string(), z.unknown()).optional(),
})
export type TenantChange = z.infer<typeof tenantChange>

/** What is not named stays; null takes one thing back to what it is without a word. */
export function changeProfile(profile: TenantProfile, change: Record<string, unknown>): TenantProfile {
  const named = Object.entries({ ...profile, ...change }).filter(
    ([key, value]) => value !== null || !Object.hasOwn(tenantProfile.shape, key),
  )
  return parse(z.object({ profile: soundProfile }), { profile: Object.fromEntries(named) }).profile
}

export interface TenantView {
  id: string
  slug: string
  name: string
  profile: TenantProfile
  model: ModelBinding
  identity: string | null
  activeRelease: number | null
  createdAt: Date
  updatedAt: Date
}

export const viewTenant = (row: TenantRow): TenantView => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  profile: tenantProfile.parse(row.profile),
  model: modelBinding.parse(row.model),
  identity: row.identity,
  activeRelease: row.activeRelease,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})
