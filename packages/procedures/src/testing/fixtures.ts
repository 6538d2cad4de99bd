import { existsSync, readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../../../../shared/fixtures/bt-workflow-engine/procedures/', import.meta.url)

/** Procedures written for an earlier engine, kept beside the repository; none where they are absent. */
export const fixtures: { file: string; source: string }[] = existsSync(folder)
  ? readdirSync(folder).map((file) => ({ file, source: readFileSync(new URL(file, folder), 'utf8') }))
  : []
