import type { ParseArgsOptionsConfig } from 'node:util'
import type { Environment } from './config.ts'
import type { Tenant } from './tenant.ts'

/** One thing that can be typed. Its help is made of what stands here. */
export interface Command {
  name: string
  /** Shown after the name, e.g. `<session> [--turn n]`. */
  usage: string
  /** One line. */
  does: string
  /** What else its own help says, e.g. options that would make the overview too wide. */
  more?: string
  /** How many words after the name. */
  words: { min: number; max: number }
  options?: ParseArgsOptionsConfig
  /** What to print: text for people; the same as data under `--json`. */
  run(call: Call): Promise<Shown>
}

export interface Call {
  words: string[]
  options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
  /** Asked only by commands that talk to a tenant. */
  tenant: (can: 'read' | 'operate') => Promise<Tenant>
  /** For commands that go on: called for each piece. */
  print: (text: string) => void
  /** What goes on meanwhile, beside what is printed: for people who wait. */
  tell: (text: string) => void
  /** Lines that are typed while the command goes on. */
  input: () => AsyncIterable<string>
  environment: Environment
  now: () => number
  signal: AbortSignal
}

export interface Shown {
  text: string
  data: unknown
  /** 0 unless something needs a person. */
  exitCode?: number
}
