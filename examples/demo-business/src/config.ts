import { Fault } from '@copse/contracts'
import { z } from 'zod'

const schema = z.object({
  DEMO_PORT: z.coerce.number().int().min(0).max(65_535).default(8010),
  /** Folder of the books. */
  DEMO_DATA: z.string().min(1).default('.copse/demo-business'),
})

export function readConfig(): { port: number; folder: string } {
  const read = schema.safeParse(process.env)
  if (!read.success) {
    const lines = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Fault('config_invalid', { detail: lines.join('\n') })
  }
  return { port: read.data.DEMO_PORT, folder: read.data.DEMO_DATA }
}
