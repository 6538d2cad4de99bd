import { compile, regions, type Condition, type Schema } from '@copse/conditions'
import { asksPresence, isAlone, questionsOf, type Question } from './condition-fields.ts'

/** A set of cells: bit i stands for cell i. */
export type Mask = bigint
/** For each field, by its index, the cells that its value may be in. */
export type Data = readonly Mask[]

export const missing: Mask = 1n

interface Cell {
  label: string
  /** A value that is in it. */
  sample: unknown
}
/** Who can have written a value: what a customer gave is withdrawn by a no, what a tool found is not. */
type Writers = { customer: boolean; tool: boolean }

/** One field, cut where conditions change their answer. Cell 0: it is missing, or has to be confirmed anew. */
export interface Field {
  path: string
  index: number
  cells: Cell[]
  all: Mask
  /** Values that a customer, or a tool, can have written. */
  byCustomer: Mask
  byTool: Mask
  writers: Writers
  /** Some condition asks for more than its presence. */
  isCut: boolean
}

/** How the cells of a field answer one question. Undefined: something else decides, so that anything may come of it. */
interface Answers {
  field: Field
  yes: Mask
  no: Mask
}

export interface Domain {
  fields: readonly Field[]
  field(path: string): Field | undefined
  answers(question: Question): Answers | undefined
  /** The cell of a field that a value is in. */
  cellOf(field: Field, value: string): Mask
  /** Why some values may be in no cell. */
  reservations: string[]
}

interface Given {
  paths: Iterable<string>
  conditions: readonly Condition[]
  schema: Schema
  writersOf: (path: string) => Writers
  now: number
}

export function createDomain({ paths, conditions, schema, writersOf, now }: Given): Domain {
  const questions = new Map<string, Question>()
  for (const question of conditions.flatMap(questionsOf)) questions.set(JSON.stringify(question), question)
  const cuts = new Map(regions([...questions.values()], schema, { now }).map((cut) => [cut.field, cut]))
  const answered = new Map<string, Answers>()
  const reservations: string[] = []

  const fields = [...new Set([...paths, ...cuts.keys()])].map((path, index): Field => {
    const own = [...questions.values()].filter((question) => question.field === path && isAlone(question))
    const cut = cuts.get(path)
    const asked = own.filter((question) => cut?.conditions.includes(compile(question).text) ?? false)
    // Where a field is cut too often, the rest is not cut: what is asked there may come out either way.
    const groups = grouped(cut?.regions ?? [], asked, now)
    const writers = writersOf(path)
    const twice = writers.customer && writers.tool
    const present = groups.slice(1)
    const cells = [groups[0]!, ...present, ...(twice ? present : [])]
    const first = maskOf(present.map((_, at) => at + 1))
    const second = first << BigInt(present.length)
    const field: Field = {
      path,
      index,
      cells: cells.map(({ label, sample }) => ({ label, sample })),
      all: maskOf(cells.map((_, at) => at)),
      byCustomer: writers.customer ? first : 0n,
      byTool: twice ? second : writers.tool || !writers.customer ? first : 0n,
      writers,
      isCut: own.some((question) => !asksPresence(question)),
    }
    asked.forEach((question, at) => {
      const yes = maskOf(cells.flatMap(({ answers }, cell) => (answers[at] === true ? [cell] : [])))
      const no = maskOf(cells.flatMap(({ answers }, cell) => (answers[at] === false ? [cell] : [])))
      answered.set(JSON.stringify(question), { field, yes, no })
    })
    for (const reason of cut?.incomplete ?? []) if (!reason.startsWith('Only ')) reservations.push(`${path}: ${reason}`)
    return field
  })
  const asked = new WeakMap<Question, Answers | undefined>()
  const byPath = new Map(fields.map((field) => [field.path, field]))

  return {
    fields,
    reservations,
    field: (path) => byPath.get(path),
    answers(question) {
      if (!asked.has(question)) asked.set(question, answered.get(JSON.stringify(question)))
      return asked.get(question)
    },
    cellOf(field, value) {
      const env = { read: () => value, now }
      let mask = field.all & ~missing
      for (const [text, { field: of, yes, no }] of answered) {
        if (of !== field) continue
        const truth = compile(questions.get(text)!).evaluate(env)
        mask &= truth === true ? yes : truth === false ? no : ~(yes | no)
      }
      return mask
    },
  }
}

interface Group {
  label: string
  sample: unknown
  answers: (boolean | null)[]
}

/** Regions that all questions answer alike are one cell. Missing stays alone, and first. */
function grouped(
  regions: readonly { label: string; kind: string; sample: unknown }[],
  asked: readonly Question[],
  now: number,
): Group[] {
  const tests = asked.map((question) => compile(question))
  const answersOn = (value: unknown) => tests.map((test) => test.evaluate({ read: () => value, now }) ?? null)
  const groups = new Map<string, { labels: string[]; sample: unknown; answers: Group['answers'] }>()
  for (const { label, kind, sample } of regions) {
    if (kind === 'missing') continue
    const answers = answersOn(sample)
    const key = JSON.stringify(answers)
    const before = groups.get(key) ?? { labels: [], sample, answers }
    groups.set(key, { ...before, labels: [...before.labels, label] })
  }
  const named = [...groups.values()].map(({ labels, ...group }) => ({ label: shortened(labels), ...group }))
  const present = named.length > 0 ? named : [{ label: 'known', sample: 'x', answers: answersOn('x') }]
  return [{ label: 'missing', sample: undefined, answers: answersOn(undefined) }, ...present]
}

const shortened = (labels: readonly string[]): string => (labels.length > 2 ? `${labels[0]}, …` : labels.join(' or '))

const maskOf = (bits: readonly number[]): Mask => bits.reduce((mask, bit) => mask | (1n << BigInt(bit)), 0n)

/** For people: `delivered`, `below 30 or above 90`. */
export function describe(field: Field, mask: Mask): string {
  const labels = [...new Set(field.cells.filter((_, at) => (mask >> BigInt(at)) & 1n).map(({ label }) => label))]
  const known = mask & ~missing
  if (mask === missing) return 'not known'
  if (known === (field.all & ~missing)) return 'known'
  const shown = labels.slice(0, 3).join(' or ')
  return labels.length > 3 ? `${shown}, …` : shown
}
