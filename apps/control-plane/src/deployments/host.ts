import type { Bootstrap } from '@copse/contracts'

export interface TenantName {
  id: string
  slug: string
}

/** What to run for a tenant. Only the bootstrap holds a secret. */
export interface InstanceSpec {
  tenant: TenantName
  port: number
  dev: boolean
  bootstrap: Bootstrap
}

/** How a host finds an instance again, also after the control plane restarted; kept in Postgres. */
export interface InstanceRef {
  /** The host's own name for it. */
  id: string
  port: number
  dev: boolean
}

export type Seen = 'absent' | 'starting' | 'running'

/** Where tenants' processes live. It is told what to do, one instance at a time, and decides nothing. */
export abstract class Host {
  /** When an instance of this tenant lives already, it is returned instead: there are never two. */
  abstract start(spec: InstanceSpec): Promise<InstanceRef>
  abstract observe(tenant: TenantName, ref: InstanceRef): Promise<Seen>
  /** The number of the release that it runs; undefined while nobody says. */
  abstract release(tenant: TenantName, ref: InstanceRef): Promise<number | undefined>
  abstract stop(tenant: TenantName, ref: InstanceRef, how: 'asked' | 'at once'): Promise<void>
  /** Where the control plane is now, for an instance that runs. */
  abstract tell(tenant: TenantName, controlPlaneUrl: string): Promise<void>
  /** What the last instance got to start with. */
  abstract bootstrap(tenant: TenantName): Promise<Bootstrap | undefined>
  /** The last thing it said, for people. */
  abstract lastWords(tenant: TenantName): Promise<string | undefined>
}
