import { z } from 'zod'

const schema = z.object({
  DEMO_PORT: z.coerce.number().int().min(0).max(65_535).default(8010),
  /** Folder of the books. */
  DEMO_DATA: z.string().min(1).default('.copse/demo-business'),
})

export function readConfig(): { port: number; folder: string } {
  const { DEMO_PORT, DEMO_DATA } = schema.parse(process.env)
  return { port: DEMO_PORT, folder: DEMO_DATA }
}
