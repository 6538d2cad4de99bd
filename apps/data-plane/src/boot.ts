import { bootFromControlPlane } from './boot/control-plane.ts'
import type { Boot, BootOptions } from './boot/source.ts'

export type { Boot, BootOptions } from './boot/source.ts'

export async function boot(options: BootOptions): Promise<Boot> {
  const { source } = options.config
  if (source.kind === 'control-plane') return bootFromControlPlane(options, source.bootstrapPath)
  // Only a local YAML is compiled in this process: a tenant of the control plane never loads the compiler.
  const { bootFromLocal } = await import('./boot/local.ts')
  return bootFromLocal(options, source.configPath)
}
