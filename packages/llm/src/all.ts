import { Fault, type ModelBinding } from '@copse/contracts'
import { createAnthropicProvider } from './anthropic/provider.ts'
import { createOfflineProvider } from './offline/provider.ts'
import type { LlmProvider } from './provider.ts'
import { createScriptedProvider } from './scripted.ts'

interface Given {
  /** The value of the credential that the binding names. */
  secret?: string | undefined
  timeoutMs?: number
}

type Create = (binding: ModelBinding, given: Given) => LlmProvider

/** Every provider. A new one is a folder and a line here. */
const providers: Record<ModelBinding['provider'], Create> = {
  offline: () => createOfflineProvider(),
  anthropic: ({ model, baseUrl }, { secret, ...limits }) => {
    if (!secret) throw new Fault('config_invalid', { detail: 'The anthropic model binding needs a `credential`.' })
    return createAnthropicProvider({ model, baseUrl, apiKey: secret, ...limits })
  },
  scripted: ({ replies }) => createScriptedProvider(replies ?? []),
}

/** The provider that a tenant's release binds. Bare: wrap it with `bounded` and `metered`. */
export const createProvider = (binding: ModelBinding, given: Given = {}): LlmProvider =>
  providers[binding.provider](binding, given)
