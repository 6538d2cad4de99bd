import type { OperationManifest } from '@copse/contracts'
import type { ProposedStep } from '../../drafts/proposal.ts'
import type { Cues } from './cues.ts'
import { fieldsAsked } from './fields.ts'
import { keyOf } from './names.ts'
import { alike, argumentsOf, named } from './operations.ts'

export interface Reading {
  /** The number of this sentence. */
  sentences: number[]
  cues: Cues
  operations: readonly OperationManifest[]
  /** What was made of those before it. */
  steps: readonly ProposedStep[]
}

export interface Read {
  step?: ProposedStep
  question?: string
  /** False: what follows must not be done before this is. */
  goesOn: boolean
}

/** The first rule that fits; a sentence that none does fit is an action that is not understood. */
export function readSentence(text: string, reading: Reading): Read {
  const { cues } = reading
  // Braces mean something in what a customer reads.
  if (/[{}]/.test(text)) return ask('What does this say? It holds braces, which stand for fields here.')
  if (cues.cases.test(text)) return readCase(text, reading)
  if (cues.hands.test(text)) return handOff(text, reading)
  if (cues.asks.test(text)) return askCustomer(text, reading)
  const told = cues.tells.exec(text)?.groups?.['what']
  if (told !== undefined) return tell(told, reading)
  if (cues.courtesy.test(text))
    return { question: 'Where is this said? Write it into the `say` of the step where it belongs.', goesOn: true }
  if (cues.states.test(text) && !cues.obliges.test(text))
    return { question: 'Does anything follow from this for the conversation?', goesOn: true }
  return call(text, reading)
}

const ask = (question: string): Read => ({ question, goesOn: false })

/** Before anything was done, "When a customer …:" only says what the text is about. */
const readCase = (text: string, { steps }: Reading): Read =>
  steps.length === 0 && text.endsWith(':')
    ? { question: 'Is this how it begins? Put the words that customers use for it into `triggers`.', goesOn: true }
    : ask(
        'What decides this? A condition needs a field: something that the customer is asked for, or that an operation finds.',
      )

const handOff = (text: string, { sentences }: Reading): Read => ({
  step: {
    id: 'to_a_person',
    name: 'To a person',
    sentences,
    action: 'handoff',
    say: '',
    reason: 'as_written',
    summary: text,
  },
  goesOn: false,
})

function askCustomer(text: string, { sentences, cues, operations, steps }: Reading): Read {
  const before = new Set(steps.flatMap((step) => (step.action === 'collect_info' ? step.required_fields : [])))
  const fields = fieldsAsked(text, cues, operations)
  const fresh = fields.filter(
    ({ key }, index) => !before.has(key) && fields.findIndex((one) => one.key === key) === index,
  )
  if (fields.length === 0) return ask('What exactly is asked for? Each thing becomes a field.')
  if (fresh.length === 0) return { question: 'This was asked for before: is it asked for again?', goesOn: true }
  return {
    step: {
      id: `ask_${keyOf(fresh[0]!.title)}`,
      name: `Ask for ${fresh.map(({ title }) => title).join(', ')}`,
      sentences,
      action: 'collect_info',
      say: cues.askFor(fresh.map(({ title }) => title)),
      extract_fields: fresh,
      required_fields: fresh.map(({ key }) => key),
      next_step: '',
      on_failure: 'handoff',
    },
    goesOn: true,
  }
}

const tell = (told: string, { sentences }: Reading): Read => ({
  step: {
    id: 'tell',
    name: 'Tell the customer',
    sentences,
    action: 'inform',
    say: `${told.charAt(0).toUpperCase()}${told.slice(1)}.`,
    options: [],
    next_step: '',
  },
  question: 'Is this how the customer should read it? The words are those of the text.',
  goesOn: true,
})

/** Looking something up harms nobody; anything else is left to the author. */
function call(text: string, { sentences, operations, steps }: Reading): Read {
  const asked = steps.flatMap((step) => (step.action === 'collect_info' ? step.extract_fields : []))
  const found = named(text, operations)
  const mappings = found && argumentsOf(found, asked)
  if (!found) return ask(`What is done here, and by which operation? ${likely(alike(text, operations))}`)
  if (found.effect !== 'read')
    return ask(`Is this the operation \`${found.name}\`? It changes something, so it is not called before you say so.`)
  if (!mappings)
    return ask(`Is this the operation \`${found.name}\`? Something that it needs was not asked for before.`)
  return {
    step: {
      id: `call_${found.name}`,
      name: (found.description || found.name).replace(/\.$/, ''),
      sentences,
      action: 'tool_call',
      say: '',
      tools: [{ name: found.name, arg_mappings: mappings }],
      on_success: '',
      on_failure: 'handoff',
    },
    goesOn: true,
  }
}

const likely = (operations: readonly OperationManifest[]): string =>
  operations.length === 0
    ? 'None that is known sounds like it.'
    : `It could be ${operations.map(({ name }) => `\`${name}\``).join(' or ')}.`
