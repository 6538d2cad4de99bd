import { checkSecret as checkChannelSecret } from '@copse/channels/manifests'
import { checkSecret as checkConnectorSecret } from '@copse/connectors/manifests'
import type { Release } from '@copse/contracts'
import { checkSecret as checkNotifySecret } from '@copse/notify/manifests'
import type { Secret } from '@copse/vault'

/** What credentials are for: of a release, or of what the next one is made of. */
export interface Uses extends Pick<Release, 'connectors' | 'channels'> {
  tenant: Pick<Release['tenant'], 'profile'>
}

/**
 * What a tenant's process would refuse, or would fail with at each call, one sentence each, none of which shows a secret.
 * Names that are not given are left to whoever asks for them.
 */
export function misfits(secrets: ReadonlyMap<string, Secret>, uses: Uses): string[] {
  const { handoffs } = uses.tenant.profile
  const given = ({ credential }: { credential?: string | undefined }): string | undefined =>
    credential === undefined ? undefined : secrets.get(credential)?.reveal()
  const checked = <Use extends { credential?: string | undefined }>(
    used: readonly Use[],
    check: (use: Use, secret: string) => string[],
  ): string[] =>
    used.flatMap((use) => {
      const secret = given(use)
      return secret === undefined ? [] : check(use, secret)
    })
  return [
    ...checked(uses.connectors, checkConnectorSecret),
    ...checked(uses.channels, checkChannelSecret),
    ...checked(handoffs ? [handoffs] : [], checkNotifySecret),
  ]
}
