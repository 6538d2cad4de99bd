/** Days and times as people read them, and the sentences of a *no*, in the calendar's language. */
export interface Words {
  /** `Mon 23 Nov` */
  day(civil: string): string
  /** `Mon 23 Nov, 10:00` */
  when(civil: string): string
  say(sentence: keyof typeof english, when?: string): string
}

const english = {
  booked: 'Your appointment is booked: {when}.',
  cancelled: 'Your appointment on {when} is cancelled.',
  moved: 'Your appointment is now on {when}.',
  slot_taken: 'That time has just been taken.',
  slot_unknown: 'That time cannot be booked.',
  not_found: 'I found no such appointment.',
  no_appointments: 'There is no appointment.',
  no_slots: 'There is no free time.',
  over: 'That appointment is over.',
  too_many: 'You have as many appointments ahead as one person may have.',
  argument_invalid: 'That cannot be booked.',
  resource_unknown: 'Nobody of that name can be booked.',
  key_reused: 'That was asked for in another way before.',
}

const spanish: typeof english = {
  booked: 'Su cita está reservada: {when}.',
  cancelled: 'Su cita del {when} ha sido cancelada.',
  moved: 'Su cita queda para el {when}.',
  slot_taken: 'Esa hora acaba de ocuparse.',
  slot_unknown: 'Esa hora no se puede reservar.',
  not_found: 'No he encontrado esa cita.',
  no_appointments: 'No hay ninguna cita.',
  no_slots: 'No hay horas libres.',
  over: 'Esa cita ya ha pasado.',
  too_many: 'Ya tiene tantas citas pendientes como puede tener una persona.',
  argument_invalid: 'Eso no se puede reservar.',
  resource_unknown: 'No se puede reservar con nadie de ese nombre.',
  key_reused: 'Eso se pidió antes de otra manera.',
}

export function wordsOf(language: string): Words {
  const sentences = language.startsWith('es') ? spanish : english
  // Day before month everywhere, so that the same calendar reads the same way in all its languages.
  const locale = language === 'en' ? 'en-GB' : language
  let format: Intl.DateTimeFormat | undefined
  const day = (civil: string): string => {
    // Made when it is first needed: a tenant starts sooner without it.
    format ??= new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
    return format.format(Date.parse(`${civil.slice(0, 10)}T00:00Z`)).replace(',', '')
  }
  return {
    day,
    when: (civil) => `${day(civil)}, ${civil.slice(11, 16)}`,
    say: (sentence, when = '') => sentences[sentence].replace('{when}', when),
  }
}

export type Refusal = Exclude<keyof typeof english, 'booked' | 'cancelled' | 'moved'>
