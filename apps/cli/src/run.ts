import { parseArgs } from 'node:util'
import { Fault, reasonOf } from '@copse/contracts'
import { operating } from './commands/all.ts'
import type { Command } from './command.ts'
import type { Environment } from './config.ts'
import { wrap } from './show/wrap.ts'
import { findTenant, Refused } from './tenant.ts'

export interface Surroundings {
  environment: Environment
  print: (text: string) => void
  /** Lines that are typed while a command goes on; nobody types without it. */
  input?: () => AsyncIterable<string>
  complain: (text: string) => void
  now: () => number
  signal: AbortSignal
  /** Of the terminal. Undefined: a file or a pipe, where a line stays one. */
  width?: number | undefined
}

/** Of help, wherever it is read. */
const helpWidth = 80

const everywhere = {
  tenant: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Answers with the exit code: 0 done, 1 refused or in need of a person, 2 typed wrongly. */
export function run(argv: readonly string[], around: Surroundings): Promise<number> {
  const { print, complain } = around
  return runPlainly(argv, {
    ...around,
    print: (text) => print(forTerminal(text)),
    complain: (text) => complain(forTerminal(text)),
  })
}

/** Of what steers a terminal only our colours are left: files and messages of strangers stand in what is shown. */
const forTerminal = (text: string): string => text.replaceAll(steering, '$1')
// oxlint-disable-next-line no-control-regex -- that is what is looked for
const steering = /(\x1b\[\d{1,2}m)|[^\P{Cc}\n\t]/gu

async function runPlainly(argv: readonly string[], around: Surroundings): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    around.print(await overview())
    return name === undefined ? 2 : 0
  }
  const isCalled = (known: Command): boolean => known.name === name
  const command = operating.find(isCalled) ?? (await loadAuthoring()).find(isCalled)
  if (!command) {
    around.complain(`copse: there is no command "${name}". \`copse help\` lists them.`)
    return 2
  }
  const typed = read(command, rest)
  if (typeof typed === 'string') {
    around.complain(`copse ${name}: ${typed}\n${wrap(usageOf(command), helpWidth)}`)
    return 2
  }
  const { values, positionals: words } = typed
  if (values['help'] === true) {
    const prose = [command.does, command.more ?? []].flat().map((text) => wrap(text, helpWidth, 0))
    around.print([wrap(usageOf(command), helpWidth), ...prose].join('\n\n'))
    return 0
  }
  const { width } = around
  // What authors type draws trees and writes files.
  const fit = (text: string): string => (width && operating.includes(command) ? wrap(text, width) : text)
  try {
    const wanted = { tenant: textOf(values['tenant']), url: textOf(values['url']), token: textOf(values['token']) }
    const shown = await command.run({
      words,
      options: values,
      tenant: (can) => findTenant(wanted, can, around.environment),
      print: (text) => around.print(fit(text)),
      tell: around.complain,
      environment: around.environment,
      input: around.input ?? nobody,
      now: around.now,
      signal: around.signal,
    })
    around.print(values['json'] === true ? JSON.stringify(shown.data, null, 2) : fit(shown.text))
    return shown.exitCode ?? 0
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Fault)) throw error
    // A wrong file, or who is not there, says by itself what is wrong with it.
    const isOwn = error instanceof Fault && ['config_invalid', 'not_found', 'not_ready'].includes(error.code)
    around.complain(`copse ${name}: ${isOwn ? (error.detail ?? error.message) : error.message}`)
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
    return reasonOf(error)
  }
}

const parse = (command: Command, args: string[]) =>
  parseArgs({ args, allowPositionals: true, strict: true, options: { ...everywhere, ...command.options } })

async function* nobody(): AsyncGenerator<string> {}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const usageOf = ({ name, usage }: Command): string => `usage: copse ${name} ${usage}`.trimEnd()

/** Authors' commands bring compiler and dialogue along, which no operator should wait for. */
const loadAuthoring = async (): Promise<readonly Command[]> => (await import('./authoring/all.ts')).authoring

async function overview(): Promise<string> {
  const authoring = await loadAuthoring()
  const width = Math.max(...[...operating, ...authoring].map(({ name }) => name.length))
  const listed = (some: readonly Command[]): string[] =>
    some.map(({ name, does }) => `  ${name.padEnd(width)}  ${does}`)
  return [
    'copse: what operators type, about a tenant.',
    '',
    ...listed(operating),
    '',
    'Each of them: --tenant <name> (with COPSE_ADMIN_KEY),',
    'or --url <private address> --token <token>.',
    '',
    'And what authors type, about files.',
    '',
    ...listed(authoring),
    '',
    'Everywhere: --json. `copse <command> --help` says what to type behind it.',
  ]
    .map((line) => wrap(line, helpWidth, width + 4))
    .join('\n')
}
