import { parseArgs } from 'node:util'
import { Fault } from '@copse/contracts'
import { commands } from './commands/all.ts'
import type { Command } from './command.ts'
import type { Environment } from './config.ts'
import { findTenant, Refused } from './tenant.ts'

export interface Surroundings {
  environment: Environment
  print: (text: string) => void
  complain: (text: string) => void
  now: () => number
  signal: AbortSignal
}

const everywhere = {
  tenant: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Answers with the exit code: 0 done, 1 refused or in need of a person, 2 typed wrongly. */
export async function run(argv: readonly string[], around: Surroundings): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    around.print(overview())
    return name === undefined ? 2 : 0
  }
  const command = commands.find((known) => known.name === name)
  if (!command) {
    around.complain(`copse: there is no command "${name}". \`copse help\` lists them.`)
    return 2
  }
  const typed = read(command, rest)
  if (typeof typed === 'string') {
    around.complain(`copse ${name}: ${typed}\n${usageOf(command)}`)
    return 2
  }
  const { values, positionals: words } = typed
  if (values['help'] === true) {
    around.print(`${usageOf(command)}\n\n${command.does}`)
    return 0
  }
  try {
    const wanted = { tenant: textOf(values['tenant']), url: textOf(values['url']), token: textOf(values['token']) }
    const shown = await command.run({
      words,
      options: values,
      tenant: (can) => findTenant(wanted, can, around.environment),
      print: around.print,
      now: around.now,
      signal: around.signal,
    })
    around.print(values['json'] === true ? JSON.stringify(shown.data, null, 2) : shown.text)
    return shown.exitCode ?? 0
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Fault)) throw error
    around.complain(`copse ${name}: ${error.message}`)
    return 1
  }
}

function read(command: Command, args: string[]): ReturnType<typeof parse> | string {
  try {
    const typed = parse(command, args)
    const { min, max } = command.words
    const count = typed.positionals.length
    if (typed.values['help'] === true || (count >= min && count <= max)) return typed
    return count < min ? 'something is missing.' : `"${typed.positionals[max]!}" is one word too many.`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const parse = (command: Command, args: string[]) =>
  parseArgs({ args, allowPositionals: true, strict: true, options: { ...everywhere, ...command.options } })

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const usageOf = ({ name, usage }: Command): string => `usage: copse ${name} ${usage}`.trimEnd()

function overview(): string {
  const width = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length))
  return [
    'copse: what an operator types.',
    '',
    ...commands.map(({ name, usage, does }) => `  ${`${name} ${usage}`.padEnd(width)}  ${does}`),
    '',
    'Everywhere: --tenant <name> (with COPSE_ADMIN_KEY), or --url <private address> --token <token>; --json.',
  ].join('\n')
}
