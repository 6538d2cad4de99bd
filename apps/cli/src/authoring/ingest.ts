import { existsSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manifests } from '@copse/channels/manifests'
import { Fault } from '@copse/contracts'
import { createProvider, type LlmProvider } from '@copse/llm'
import { ingest as draftFrom, sopText, type Draft, type Progress } from '@copse/studio'
import type { Call, Command } from '../command.ts'
import type { Environment } from '../config.ts'
import { bad, bold, dim, good } from '../show/table.ts'
import { many } from './colleague.ts'
import { readBytes, readCatalogue } from './files.ts'

/** A draft of twenty steps is a long answer. */
const answerMs = 120_000

const schema = fileURLToPath(new URL('../../../../docs/reference/procedure.schema.json', import.meta.url))

export const ingest: Command = {
  name: 'ingest',
  usage: '<text file> [--out file.procedure.yaml] [--language en]',
  does: 'Drafts a procedure from a plain text, with a question for whatever that leaves open.',
  more: [
    '--out file              where the draft goes; else it is printed. --force replaces a file',
    '--operations file       the operations that there are; else operations.yaml beside the text',
    '--model anthropic       who drafts; `anthropic/<model>` names one. Its key is in COPSE_MODEL_KEY.',
    '                        Without it: rules, which take only what is certain',
    '',
    'A draft is a file, and nothing more: it is live when you publish it.',
  ].join('\n'),
  words: { min: 1, max: 1 },
  options: {
    out: { type: 'string' },
    force: { type: 'boolean' },
    language: { type: 'string' },
    operations: { type: 'string' },
    model: { type: 'string' },
  },
  async run(call) {
    const [file = ''] = call.words
    const { out, language = 'en', operations, model: wanted = 'offline' } = call.options as Options
    mustBeLanguage(language)
    const model = modelFor(wanted, call.environment)
    const text = sopText(readBytes(file))
    if (out !== undefined && call.options['force'] !== true) mustBeFree(out)
    const draft = await draftFrom(text, {
      file,
      language,
      operations: readCatalogue(file, operations).operations,
      channels: Object.values(manifests),
      model,
      now: call.now,
      signal: call.signal,
      tell: (progress) => call.tell(dim(lineOf(progress, file))),
      ...(out === undefined ? {} : { modeline: modelineFor(out) }),
    }).catch((error: unknown) => {
      throw isRefusedKey(error) ? withDetail(error, 'Here that is the key in COPSE_MODEL_KEY.') : error
    })
    call.tell(dim(`${many(draft.questions.length, 'question')}, ${many(draft.findings.length, 'finding')}`))
    if (out !== undefined) write(out, draft.text, call)
    const data = { id: draft.id, ...(out === undefined ? { text: draft.text } : { file: out }), ...rest(draft) }
    const isWrong = draft.findings.some(({ severity }) => severity === 'error')
    return {
      text: out === undefined ? draft.text.trimEnd() : summary(draft, file, out),
      data,
      exitCode: isWrong ? 1 : 0,
    }
  },
}

interface Options {
  out?: string
  language?: string
  operations?: string
  model?: string
}

const rest = ({ questions, findings, model, usage }: Draft) => ({ questions, findings, model, usage })

function modelFor(wanted: string, { COPSE_MODEL_KEY: secret, COPSE_MODEL_URL: baseUrl }: Environment): LlmProvider {
  const [provider, ...name] = wanted.split('/')
  const model = name.length === 0 ? {} : { model: name.join('/') }
  if (provider === 'offline') return createProvider({ provider })
  if (provider !== 'anthropic') throw wrong(`There is no model "${wanted}". Known: offline, anthropic.`)
  if (!secret) throw wrong(`--model ${wanted} needs its key in COPSE_MODEL_KEY.`)
  return createProvider({ provider, ...model, ...(baseUrl ? { baseUrl } : {}) }, { secret, timeoutMs: answerMs })
}

/** Of a model that does not answer, the only thing that does not pass by itself. */
const isRefusedKey = (error: unknown): error is Fault =>
  error instanceof Fault && error.code === 'model_unavailable' && !error.retryable

const withDetail = ({ code, detail, retryable, cause }: Fault, more: string): Fault =>
  new Fault(code, { detail: `${detail ?? ''} ${more}`, retryable, cause })

function mustBeLanguage(language: string): void {
  if (!/^[a-z]{2}(-[A-Z]{2})?$/.test(language)) throw wrong(`"${language}" is no language: write en, es or pt-BR.`)
}

function mustBeFree(out: string): void {
  if (existsSync(out)) throw wrong(`${out} is there already. Choose another file, or --force to replace it.`)
}

function write(out: string, text: string, { options }: Call): void {
  try {
    writeFileSync(out, text, { flag: options['force'] === true ? 'w' : 'wx' })
  } catch (error) {
    throw wrong(`${out} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
  }
}

/** What editors complete and check it by, as seen from where it stands. */
const modelineFor = (out: string): string =>
  `yaml-language-server: $schema=${relative(dirname(out), schema).replaceAll('\\', '/')}`

function lineOf(progress: Progress, file: string): string {
  if (progress.doing === 'reading') return `read ${file}: ${many(progress.sentences, 'sentence')}`
  if (progress.doing === 'checking') return 'checking the draft'
  return progress.model === 'offline'
    ? 'drafting by rules'
    : `asking ${progress.model}, ${progress.round} of at most ${progress.of}`
}

function summary({ questions, findings }: Draft, file: string, out: string): string {
  const asked = questions.map(({ question, source, line }) =>
    [...(line === undefined ? [] : [`  ${bold(`${file}:${line}`)} ${source}`]), `    ? ${question}`].join('\n'),
  )
  const checked = findings.map(({ message, line, severity }) => {
    const kind = severity === 'error' ? bad('error') : dim('warning')
    return `  ${bold(`${out}:${line}`)} ${kind} ${message}`
  })
  const verdict =
    findings.length === 0 ? good('`copse check` finds nothing in it') : 'See what `copse check` says of it'
  return [
    ...asked,
    ...checked,
    '',
    `${bold(out)}: a draft with ${many(questions.length, 'question')}. ${verdict}.`,
  ].join('\n')
}

const wrong = (detail: string): Fault => new Fault('config_invalid', { detail })
