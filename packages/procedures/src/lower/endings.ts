import { endTarget, handoffStage, unavailableStage, type Stage } from '../graph/stage-graph.ts'
import { leaf } from '../steps/leaf.ts'

/** What happens when a procedure cannot go on: somebody is told, and the case goes to a person. Never silence. */
const endings: Record<string, { reason: string; say: Record<string, string> }> = {
  [handoffStage]: {
    reason: 'dead_end',
    say: {
      en: 'I am sorry, I cannot settle this by myself. I am passing your case to a colleague, who will get back to you. Your reference is {{case_id}}.',
      es: 'Lo siento, no puedo resolverlo por mi cuenta. Paso su caso a una persona del equipo, que le responderá. Su referencia es {{case_id}}.',
    },
  },
  [unavailableStage]: {
    reason: 'unavailable',
    say: {
      en: 'I am sorry, one of our systems is not answering right now. I have passed your case to a colleague, who will get back to you. Your reference is {{case_id}}.',
      es: 'Lo siento, uno de nuestros sistemas no responde en este momento. He pasado su caso a una persona del equipo, que le responderá. Su referencia es {{case_id}}.',
    },
  },
}

export function endingStage(id: string): Stage | undefined {
  const ending = endings[id]
  if (!ending) return undefined
  return {
    id,
    node: {
      op: 'sequence',
      name: id,
      children: [leaf('handoff', { step: id, ...ending }), leaf('end', { step: id, outcome: 'escalated' })],
    },
    exits: { success: endTarget },
  }
}
