import { modelBinding, tenantProfile, type ModelBinding, type TenantProfile } from '@copse/contracts'
import { parse } from '@copse/http'
import { z } from 'zod'
import type { Tenant as TenantRow } from '../generated/prisma/client.ts'

export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, 'is 2 to 31 of a-z, 0-9 and "-", and starts with a letter')

export const newTenant = z.strictObject({
  slug,
  name: z.string().trim().min(1).max(200),
  profile: tenantProfile.default(() => tenantProfile.parse({})),
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
  return parse(z.object({ profile: tenantProfile }), { profile: Object.fromEntries(named) }).profile
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
