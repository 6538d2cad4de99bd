import type Anthropic from '@anthropic-ai/sdk'

export interface AnthropicOptions {
  apiKey: string
  model?: string | undefined
  /** Tests point it at a server of their own. */
  baseUrl?: string | undefined
  timeoutMs?: number
}

const serviceUrl = 'https://api.anthropic.com'

/**
 * Loads the SDK at the first question, so that tenants on another provider do not pay its twenty megabytes. Everything
 * is passed in: the SDK would otherwise read keys, addresses and profiles from the environment by itself.
 */
export function createClient(options: AnthropicOptions): () => Promise<Anthropic> {
  let client: Promise<Anthropic> | undefined
  return () => (client ??= load(options))
}

async function load({ apiKey, baseUrl = serviceUrl, timeoutMs = 20_000 }: AnthropicOptions): Promise<Anthropic> {
  const { default: Sdk } = await import('@anthropic-ai/sdk')
  return new Sdk({
    apiKey,
    authToken: null,
    webhookKey: null,
    baseURL: baseUrl,
    timeout: timeoutMs,
    // trying again is decided above, where the turn's budget and the breaker are known
    maxRetries: 0,
    logLevel: 'off',
  })
}
