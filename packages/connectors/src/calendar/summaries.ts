/** What a customer reads of an operation when the step says nothing of its own. */
const no = '{{message}}'

export const summaries = {
  book: {
    en: { ok: 'Your appointment is booked: {{title}}.', no },
    es: { ok: 'Su cita está reservada: {{title}}.', no },
  },
  move: {
    en: { ok: 'Your appointment is now on {{title}}.', no },
    es: { ok: 'Su cita queda para el {{title}}.', no },
  },
  cancel: {
    en: {
      ok: 'Your appointment on {{title}} is cancelled.',
      no,
      repeated: 'Your appointment on {{title}} had already been cancelled.',
      confirm: 'I would now cancel your appointment. Shall I go ahead?',
    },
    es: {
      ok: 'Su cita del {{title}} ha sido cancelada.',
      no,
      repeated: 'Su cita del {{title}} ya estaba cancelada.',
      confirm: 'Voy a cancelar su cita. ¿Sigo adelante?',
    },
  },
}
