import { Fault, type ChannelLimits, type JsonObject, type OperationManifest, type Usage } from '@copse/contracts'
import { bounded, draftQuestion, proposalShape, type DraftTask, type LlmProvider, type Proposal } from '@copse/llm'
import { checkProcedure } from '../check/check.ts'
import type { Finding } from '../check/finding.ts'
import { withRemedy } from './remedy.ts'
import { outlineOf } from '../read/outline.ts'
import { draftText } from './draft-text.ts'
import { sentencesOf, type PlacedSentence } from './sentences.ts'
import { mostSentences, mustHaveSentences } from './sop.ts'

export interface IngestOptions {
  /** What the text is called, if it is a file; its name stands in where the text has no heading. */
  file?: string
  language: string
  operations: readonly OperationManifest[]
  channels: readonly ChannelLimits[]
  model: LlmProvider
  now: () => number
  signal: AbortSignal
  /** Hears what goes on. */
  tell: (progress: Progress) => void
  /** First line of the draft, for editors. */
  modeline?: string
}

export type Progress =
  | { doing: 'reading'; sentences: number }
  /** `of`: at most. */
  | { doing: 'asking'; model: string; round: number; of: number }
  | { doing: 'checking'; round: number }

export interface OpenQuestion {
  question: string
  /** The sentences that it is about, with the line of the first. */
  source?: string
  line?: number
}

/** A procedure that nobody has read yet. */
export interface Draft {
  id: string
  text: string
  questions: OpenQuestion[]
  /** What `check` says of it. */
  findings: Finding[]
  /** Who drafted: `offline` is by rules. */
  model: string
  usage: Usage[]
}

/** One answer, and as often it may be mended. */
const rounds = 4
const answerMs = 120_000
const allMs = 300_000
const checkMs = 2_000
const answerTokens = 16_000

interface Attempt {
  proposal: Proposal
  text: string
  findings: Finding[]
  /** Why not every conversation was looked at. */
  unseen: string[]
}

/**
 * A draft from plain English: proposed by a model (or by rules), compiled, checked, and mended with what was found, at
 * most three times. What is not decided is asked. The text is data: whatever it says, what comes of it is a file of known
 * actions and operations, and nothing here can make it live. Throws for text that is no procedure, and when the model
 * does not answer at all.
 */
export async function ingest(text: string, options: IngestOptions): Promise<Draft> {
  const { language, model, now, tell } = options
  const sentences = sentencesOf(text, language, mostSentences)
  mustHaveSentences(sentences.length)
  tell({ doing: 'reading', sentences: sentences.length })
  const task: DraftTask = {
    language,
    title: titleOf(sentences, options.file),
    sentences: sentences.map(({ text: sentence, part }) => ({ text: sentence, part })),
    operations: [...options.operations],
  }
  const startedAt = now()
  const usage: Usage[] = []
  let best: Attempt | undefined
  let last: Attempt | undefined
  let unmended: string | undefined
  for (let round = 1; round <= rounds; round++) {
    tell({ doing: 'asking', model: model.name, round, of: model.capabilities.json === 'task' ? 1 : rounds })
    const tried = last && { proposal: last.proposal as JsonObject, findings: last.findings.map(sentenceOf) }
    const patienceMs = Math.min(answerMs, startedAt + allMs - now())
    const answer = await ask({ ...task, ...(tried ? { tried } : {}) }, patienceMs, options).catch((error: unknown) => {
      if (best === undefined || !(error instanceof Fault)) throw error
      unmended = error.code
      return undefined
    })
    if (answer === undefined) break
    usage.push(answer.usage)
    tell({ doing: 'checking', round })
    last = attempt(accountedFor(answer.proposal, sentences), sentences, options)
    if (best === undefined || weightOf(last) < weightOf(best)) best = last
    // Rules say the same when they are asked again.
    if (best.findings.length === 0 || model.capabilities.json === 'task' || now() - startedAt >= allMs) break
  }
  return finished(best!, { sentences, usage, unmended, options })
}

async function ask(
  task: DraftTask,
  timeoutMs: number,
  { model, signal }: IngestOptions,
): Promise<{ proposal: Proposal; usage: Usage }> {
  const question = draftQuestion(task)
  const patient = bounded(model, { timeoutMs })
  const request = { ...question, purpose: 'draft', maxTokens: answerTokens, signal, task }
  const { value, usage } = await patient.completeJson(request).catch((error: unknown) => {
    throw withRemedy(error)
  })
  const read = proposalShape(task.operations.map(({ name }) => name)).safeParse(value)
  if (read.success) return { proposal: read.data, usage }
  throw withRemedy(
    new Fault('model_invalid', { detail: 'The draft does not have the expected shape.', extra: { usage } }),
  )
}

/** A sentence that nothing was made of is a question: nothing of the text is lost without a word. */
function accountedFor(proposal: Proposal, sentences: readonly PlacedSentence[]): Proposal {
  const used = new Set([...proposal.steps, ...proposal.questions].flatMap((one) => one.sentences))
  const left = sentences.flatMap(({ part }, index) => (part === 'heading' || used.has(index + 1) ? [] : [index + 1]))
  const questions = left.map((number) => ({
    sentences: [number],
    question: 'Nothing was made of this sentence. Does it matter?',
  }))
  return { ...proposal, questions: [...proposal.questions, ...questions] }
}

function attempt(proposal: Proposal, sentences: readonly PlacedSentence[], options: IngestOptions): Attempt {
  const text = draftText({
    proposal,
    sentences,
    language: options.language,
    head: headOf(options, []),
    modeline: options.modeline,
  })
  return { proposal, text, ...check(text, options) }
}

function check(
  text: string,
  { operations, channels, language, now }: IngestOptions,
): Pick<Attempt, 'findings' | 'unseen'> {
  const startedAt = now()
  const catalogue = { operations: Object.fromEntries(operations.map((one) => [one.name, one])) }
  const isOver = (): boolean => now() - startedAt > checkMs
  const { findings, explored } = checkProcedure(text, catalogue, {
    now: startedAt,
    channels,
    languages: [language],
    isOver,
  })
  return { findings, unseen: explored?.reasons ?? [] }
}

/** Errors first; a draft that compiles says more about what is wrong with it than one that does not. */
const weightOf = ({ findings }: Attempt): number =>
  findings.reduce((sum, { severity }) => sum + (severity === 'error' ? 1_000 : 1), 0)

const sentenceOf = ({ message, fix, line }: Finding): string =>
  `line ${line}: ${message}${fix === undefined ? '' : ` ${fix}`}`

function finished(
  { proposal, text: plain, findings: found, unseen }: Attempt,
  given: {
    sentences: readonly PlacedSentence[]
    usage: Usage[]
    unmended: string | undefined
    options: IngestOptions
  },
): Draft {
  const { sentences, usage, unmended, options } = given
  const left = [
    ...(unmended === undefined ? [] : [`The model did not mend it (${unmended}).`]),
    ...unseen.map((reason) => `Not every conversation was looked at: ${reason}`),
  ]
  const steps = outlineOf(plain).steps
  const told = found.map(({ message, line, fix }) => {
    const at = steps.findLast((step) => step.line <= line)
    return `${at ? `${at.id}: ` : ''}${message}${fix === undefined ? '' : ` ${fix}`}`
  })
  const head = headOf(options, [...left, ...told])
  const { language, modeline } = options
  const text = draftText({ proposal, sentences, language, head, modeline })
  return {
    id: proposal.id,
    text,
    questions: [...proposal.questions.map((one) => open(one, sentences)), ...left.map((question) => ({ question }))],
    // On the lines of the file that is handed over.
    findings: found.length === 0 ? [] : check(text, options).findings,
    model: options.model.name,
    usage,
  }
}

function open(
  { sentences: numbers, question }: Proposal['questions'][number],
  all: readonly PlacedSentence[],
): OpenQuestion {
  const found = numbers.flatMap((number) => all[number - 1] ?? [])
  const [first] = found
  if (!first) return { question }
  return { question, source: found.map(({ text }) => text).join(' '), line: first.line }
}

const headOf = ({ file, model }: IngestOptions, found: readonly string[]): string[] => [
  `Drafted${file === undefined ? '' : ` from ${nameOf(file)}`} by ${model.name === 'offline' ? 'rules' : `${model.name} ${model.model}`}.`,
  'Read every line, and answer each question, marked with ?, before you publish it.',
  ...(found.length === 0 ? [] : ['What `copse check` says of it:', ...found.map((one) => `  ! ${one}`)]),
]

function titleOf(sentences: readonly PlacedSentence[], file = ''): string {
  const [first] = sentences
  if (first?.part === 'heading') return first.text
  return nameOf(file)
    .replace(/\.\w+$/, '')
    .replaceAll(/[_-]+/g, ' ')
}

const nameOf = (file: string): string => file.split(/[/\\]/).at(-1) ?? file
