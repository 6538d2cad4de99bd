import { readEnvironment } from '@copse/http'
import { z } from 'zod'

const variables = z.object({
  /** A tenant's private address, and a token for it. */
  COPSE_TENANT_URL: z.url().optional(),
  COPSE_TOKEN: z.string().optional(),
  /** Or the control plane, which gives both for a tenant's name. */
  COPSE_URL: z.url().default('http://127.0.0.1:8001'),
  COPSE_ADMIN_KEY: z.string().optional(),
  COPSE_TENANT: z.string().optional(),
  /** For `copse ingest --model`: the key, and where the model answers if not at its own service. */
  COPSE_MODEL_KEY: z.string().optional(),
  COPSE_MODEL_URL: z.url().optional(),
  /** For what is written down beside a decision. */
  USER: z.string().default('operator'),
})

export type Environment = z.infer<typeof variables>

/** The only reader of the environment. */
export const readConfig = (env: Readonly<Record<string, string | undefined>> = process.env): Environment =>
  readEnvironment(variables, env)
