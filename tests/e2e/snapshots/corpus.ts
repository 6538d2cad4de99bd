import { readdirSync, readFileSync } from 'node:fs'
import type { ReleasedProcedure } from '@copse/contracts'
import type { AtRest, Scenario } from '@copse/studio'

/** Sessions of a procedure as one version of the snapshot stored them, and how their conversations go on. */
export interface Stored {
  identity?: string
  /** With the tree that the sessions are pinned to. */
  procedure: ReleasedProcedure
  sessions: { step: string; from: AtRest; scenario: Scenario }[]
}

const folder = new URL('./', import.meta.url)

export const versions = (): number[] =>
  readdirSync(folder)
    .flatMap((name) => /^v(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b)

export function storedBy(version: number): { file: string; stored: Stored }[] {
  const ofVersion = new URL(`v${version}/`, folder)
  return readdirSync(ofVersion).map((name) => ({
    file: `v${version}/${name}`,
    stored: JSON.parse(readFileSync(new URL(name, ofVersion), 'utf8')) as Stored,
  }))
}
