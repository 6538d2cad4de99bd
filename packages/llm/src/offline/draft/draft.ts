import type { Proposal, ProposedStep } from '../../drafts/proposal.ts'
import type { DraftTask } from '../../drafts/task.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { keyOf } from './names.ts'
import { readSentence, type Read } from './sentence.ts'

/**
 * A skeleton: what can be told from the words alone is a step, and the rest is asked. Nothing is guessed past the first
 * sentence that could matter and is not understood: from there on a person has the case, until the author says more.
 * What changes something outside is never called.
 */
export function draftOffline(task: DraftTask): Proposal {
  const cues = /^es\b/i.test(task.language) ? spanish : english
  const subject = task.title.replace(cues.paperwork, ' ').replaceAll(/\s+/g, ' ').trim()
  const steps: ProposedStep[] = []
  const questions: Proposal['questions'] = [triggerQuestion(subject)]
  let isOpen = true
  for (const [index, { text, part }] of task.sentences.entries()) {
    if (part === 'heading') continue
    const sentences = [index + 1]
    const read: Read = readSentence(text, { sentences, cues, operations: task.operations, steps })
    const isStep = isOpen && read.step !== undefined
    if (isStep) steps.push(read.step!)
    const question = read.question ?? (isStep ? undefined : 'Does this follow, once what stands above is answered?')
    if (question !== undefined) questions.push({ sentences, question })
    if (!isOpen || read.goesOn) continue
    isOpen = false
    if (!isStep) steps.push(toPerson(sentences))
  }
  // Without anything that was done there is nothing to call resolved.
  if (isOpen) steps.push(steps.length === 0 ? toPerson([]) : done)
  return {
    id: keyOf(subject) || 'drafted',
    name: task.title.trim() || 'Drafted procedure',
    description: '',
    triggers: subject === '' ? [] : [subject.toLowerCase()],
    steps: chained(steps),
    questions,
  }
}

const triggerQuestion = (subject: string): Proposal['questions'][number] => ({
  sentences: [],
  question:
    subject === ''
      ? 'What do customers say when they want this? Nothing starts it yet.'
      : `What else do customers say when they want this? So far only "${subject.toLowerCase()}" starts it.`,
})

const toPerson = (sentences: number[]): ProposedStep => ({
  id: 'to_a_person',
  name: 'To a person',
  sentences,
  action: 'handoff',
  say: '',
  reason: 'not_decided_yet',
  summary: 'The draft goes no further: see the questions in its file.',
})

const done: ProposedStep = { id: 'done', name: 'Done', sentences: [], action: 'end', say: '', outcome: '' }

/** Each leads to the next; ids are made to differ. */
function chained(steps: ProposedStep[]): ProposedStep[] {
  const taken = new Map<string, number>()
  const ids = steps.map(({ id }) => {
    const count = (taken.get(id) ?? 0) + 1
    taken.set(id, count)
    return count === 1 ? id : `${id}_${count}`
  })
  return steps.map((step, index) => {
    const id = ids[index]!
    const next = ids[index + 1] ?? 'end'
    if (step.action === 'tool_call') return { ...step, id, on_success: next }
    return step.action === 'collect_info' || step.action === 'inform'
      ? { ...step, id, next_step: next }
      : { ...step, id }
  })
}
