import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { manifests } from '@copse/channels/manifests'
import { Fault, hasErrors, type ChannelLimits } from '@copse/contracts'
import { checkProcedure, claimedTwice, suggestion, type Checked, type Source } from '@copse/studio'
import type { Call, Command } from '../command.ts'
import { checkedText } from './checked.ts'
import { countOf } from './colleague.ts'
import { proceduresIn, readCatalogue, readSource } from './files.ts'

/** Longer is nobody's patience; what was not looked at by then is said. */
const patienceMs = 8_000

const channelNames = Object.keys(manifests)

export const check: Command = {
  name: 'check',
  usage: '<files or folders> [--operations file] [--channel name]… [--language en]…',
  does: 'Looks at every conversation that procedures can have, and says where one gets stuck.',
  words: { min: 1, max: 500 },
  options: {
    operations: { type: 'string' },
    channel: { type: 'string', multiple: true },
    language: { type: 'string', multiple: true },
  },
  async run(call) {
    const sources = call.words.flatMap(proceduresAt).map(readSource)
    const each = sources.map((source) => ({ source, ...checkOne(source, call) }))
    const checked = each.map((one) => ({ ...one, result: withClaims(one, each) }))
    const findings = checked.flatMap(({ result }) => result.findings)
    const isWrong = hasErrors(findings)
    const count = sources.length > 1 ? [`${sources.length} procedures: ${countOf(findings)}.`] : []
    return {
      text: [...checked.map(({ source, result, tookMs }) => checkedText(result, source, tookMs)), ...count].join(
        '\n\n',
      ),
      data: { ok: !isWrong, procedures: checked.map(({ result }) => result) },
      exitCode: isWrong ? 1 : 0,
    }
  },
}

function checkOne({ file, text }: Source, { options, now }: Call): { result: Checked; tookMs: number } {
  const catalogue = readCatalogue(file, options['operations'] as string | undefined)
  const operations = Object.fromEntries(catalogue.operations.map((operation) => [operation.name, operation]))
  const startedAt = now()
  const result = checkProcedure(
    text,
    { operations, beside: catalogue.beside },
    {
      file,
      now: startedAt,
      channels: channelsNamed(options['channel'] as string[] | undefined),
      languages: (options['language'] as string[] | undefined) ?? [],
      isOver: () => now() - startedAt > patienceMs,
    },
  )
  return { result, tookMs: now() - startedAt }
}

interface One {
  source: Source
  result: Checked
}

/** What stands in one folder is mostly for one tenant, which would refuse it. */
function withClaims({ source, result }: One, all: readonly One[]): Checked {
  const neighbours = all.filter((one) => dirname(one.source.file) === dirname(source.file))
  const claims = claimedTwice(neighbours.map((one) => ({ id: one.result.id, triggers: one.result.triggers ?? [] })))
  const line = source.text.split('\n').findIndex((text) => /^\s*trigger(?:s|_intents)\s*:/.test(text)) + 1
  const found = claims
    .filter(({ file }) => file === result.id)
    .map((claim) => ({
      ...claim,
      severity: 'warning' as const,
      message: `${claim.message} A tenant with both refuses them.`,
      file: source.file,
      line: Math.max(1, line),
      why: [],
    }))
  return { ...result, findings: [...result.findings, ...found].toSorted((a, b) => a.line - b.line) }
}

/** A file itself; of a folder, its procedures and flows. */
const proceduresAt = (path: string): string[] =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ? proceduresIn(path) : [path]

/** Those that were named, else all there are. */
function channelsNamed(names: readonly string[] = channelNames): ChannelLimits[] {
  return names.map((name) => {
    const found = Object.entries(manifests).find(([known]) => known === name)
    if (found) return found[1]
    throw new Fault('config_invalid', {
      detail: `There is no channel "${name}". ${suggestion(name, channelNames) ?? ''}`,
    })
  })
}
