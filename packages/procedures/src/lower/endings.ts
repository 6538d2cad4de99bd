import {
  correctedStage,
  endTarget,
  handoffStage,
  personStage,
  silentEndStage,
  silentStage,
  unavailableStage,
  unidentifiedStage,
  type Stage,
} from '../graph/stage-graph.ts'
import { leaf } from '../steps/leaf.ts'

interface Ending {
  id: string
  reason: string
  say: Record<string, string>
  /** What the person reads first. */
  summary?: string
}

const passedOn = {
  en: 'I am passing your case to a colleague, who will get back to you. Your reference is {{case_id}}.',
  es: 'Paso su caso a una persona del equipo, que le responderá. Su referencia es {{case_id}}.',
}
const ending = (id: string, reason: string, en: string, es: string): Ending => ({
  id,
  reason,
  say: { en: `${en} ${passedOn.en}`, es: `${es} ${passedOn.es}` },
})

/** What happens when a procedure cannot go on: somebody is told, and the case goes to a person. Never silence. */
const endings: Ending[] = [
  ending(
    handoffStage,
    'dead_end',
    'I am sorry, I cannot settle this by myself.',
    'Lo siento, no puedo resolverlo por mi cuenta.',
  ),
  ending(
    unavailableStage,
    'unavailable',
    'I am sorry, one of our systems is not answering right now.',
    'Lo siento, uno de nuestros sistemas no responde en este momento.',
  ),
  ending(personStage, 'wants_person', 'Of course.', 'Por supuesto.'),
  ending(
    unidentifiedStage,
    'not_identified',
    'I am sorry, I could not find your customer account, so I cannot look at your data.',
    'Lo siento, no encuentro su cuenta de cliente, así que no puedo consultar sus datos.',
  ),
  {
    ...ending(
      correctedStage,
      'corrected_too_late',
      'I cannot take that back by myself.',
      'No puedo deshacerlo por mi cuenta.',
    ),
    summary: '{{_correction.why}}',
  },
  ending(silentStage, 'silence', 'I have not heard from you for a while.', 'Hace un rato que no tengo noticias suyas.'),
]

/** Whoever fell silent is told what the author says, if anything. */
const silentEnd: Stage = {
  id: silentEndStage,
  node: leaf('end', { step: silentEndStage, outcome: 'silent' }, silentEndStage),
  exits: { success: endTarget },
}

/** The endings that are led to, as stages. `toPerson`: what is said to who asked for a person. */
export function endingStages(isUsed: (id: string) => boolean, toPerson?: Record<string, string>): Stage[] {
  const own = endings.map((one) => (one.id === personStage && toPerson ? { ...one, say: toPerson } : one))
  return [...own.map(stageOf), silentEnd].filter(({ id }) => isUsed(id))
}

function stageOf({ id, ...words }: Ending): Stage {
  const children = [leaf('handoff', { step: id, ...words }), leaf('end', { step: id, outcome: 'escalated' })]
  return { id, node: { op: 'sequence', name: id, children }, exits: { success: endTarget } }
}
