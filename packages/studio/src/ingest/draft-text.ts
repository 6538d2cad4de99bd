import type { JsonObject } from '@copse/contracts'
import type { Proposal, ProposedStep } from '@copse/llm'
import { Document, isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
import type { PlacedSentence } from './sentences.ts'

export interface DraftSource {
  proposal: Proposal
  sentences: readonly PlacedSentence[]
  language: string
  /** What stands at the very top, a line each. */
  head: readonly string[]
  /** What stands above that, for editors. */
  modeline: string | undefined
}

const widest = 110

/** The draft as a file that somebody would like to read: the questions stand where they arise. */
export function draftText({ proposal, sentences, language, head, modeline }: DraftSource): string {
  const { id, name, description, triggers, steps, questions } = proposal
  const procedure = {
    id,
    name,
    version: '0.1',
    ...(description === '' ? {} : { description }),
    ...(language === 'en' ? {} : { language }),
    triggers,
    steps: steps.map((step) => stepOf(step, sentences, language)),
  }
  const document = new Document({ copse: 1, procedure })
  document.commentBefore = [...(modeline === undefined ? [] : [` ${modeline}`]), comment(head)].join('\n')
  const body = document.get('procedure') as YAMLMap
  const list = body.get('steps') as YAMLSeq
  const places = placesOf(questions, steps)
  for (const [at, item] of list.items.entries()) {
    if (!isMap(item)) continue
    const notes = notesFor(places.get(at) ?? [], sentences, steps[at]?.sentences)
    if (notes.length > 0) item.commentBefore = comment(notes)
    item.spaceBefore = at > 0
    for (const key of ['extract_fields', 'tools', 'conditions', 'options']) layOut(item.get(key))
    for (const key of ['required_fields', 'say']) inOneLine(item.get(key))
  }
  const after = notesFor(places.get(steps.length) ?? [], sentences)
  if (after.length > 0) list.comment = comment(['', ...after])
  return document.toString({ lineWidth: widest, flowCollectionPadding: false })
}

/** What is short stands on one line. */
function inOneLine(node: unknown): void {
  if ((isMap(node) || isSeq(node)) && JSON.stringify(node).length < widest - 20) node.flow = true
}

function layOut(list: unknown): void {
  if (isSeq(list)) for (const item of list.items) inOneLine(item)
}

function stepOf(step: ProposedStep, sentences: readonly PlacedSentence[], language: string): JsonObject {
  const { id, name, action, sentences: numbers, say, ...rest } = step
  const source = numbers.flatMap((number) => sentences[number - 1]?.text ?? []).join(' ')
  const own = 'options' in rest ? { ...rest, options: rest.options.map((one) => inLanguage(one, language)) } : rest
  return filled({ id, name, action, source, say: say === '' ? '' : { [language]: say }, ...own }) as JsonObject
}

const inLanguage = <Option extends { label: string }>(option: Option, language: string) => ({
  ...option,
  label: { [language]: option.label },
})

/** Without what says nothing, or what is so anyway. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(says)
  return Object.fromEntries(kept.map(([key, inner]) => [key, filled(inner)]))
}

const says = ([key, value]: [string, unknown]): boolean =>
  value !== '' && !(Array.isArray(value) && value.length === 0) && !(key === 'type' && value === 'string')

type Asked = Proposal['questions'][number]

/** Before the step that has the sentence, else before the first step that comes after it; by the step's number. */
function placesOf(questions: readonly Asked[], steps: readonly ProposedStep[]): Map<number, Asked[]> {
  const places = new Map<number, Asked[]>()
  for (const question of questions) {
    const number = question.sentences[0]
    const own = steps.findIndex(({ sentences }) => number !== undefined && sentences.includes(number))
    const next = steps.findIndex(({ sentences }) => sentences.some((one) => number === undefined || one > number))
    const at = own >= 0 ? own : next >= 0 ? next : number === undefined ? 0 : steps.length
    places.set(at, [...(places.get(at) ?? []), question])
  }
  return places
}

/** `told`: sentences that stand right below, as the step's own. */
const notesFor = (
  questions: readonly Asked[],
  sentences: readonly PlacedSentence[],
  told: readonly number[] = [],
): string[] =>
  questions.flatMap(({ sentences: numbers, question }) => [
    ...numbers.flatMap((number) => {
      const found = sentences[number - 1]
      return found ? [`line ${found.line}${told.includes(number) ? '' : `: ${found.text}`}`] : []
    }),
    `  ? ${question}`,
  ])

/** Whatever it says, it stays a comment. */
const comment = (lines: readonly string[]): string =>
  lines
    .flatMap((line) => wrapped(line.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, (space) => (space === '  ' ? space : ' '))))
    .map((line) => (line === '' ? '' : ` ${line}`))
    .join('\n')

function wrapped(line: string): string[] {
  const indent = /^ */.exec(line)![0]
  const lines: string[] = []
  let open = ''
  for (const word of line.trim().split(' ')) {
    if (open !== '' && open.length + word.length > widest - 10) {
      lines.push(open)
      open = `${indent}  ${word}`
    } else open = open === '' ? `${indent}${word}` : `${open} ${word}`
  }
  return [...lines, open]
}
