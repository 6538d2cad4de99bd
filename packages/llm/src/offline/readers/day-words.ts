const months = [
  ['jan(?:uary)?', 'enero', 'ene'],
  ['feb(?:ruary)?', 'febrero'],
  ['mar(?:ch)?', 'marzo'],
  ['apr(?:il)?', 'abril', 'abr'],
  ['may', 'mayo'],
  ['june?', 'junio'],
  ['july?', 'julio'],
  ['aug(?:ust)?', 'agosto'],
  ['sept?(?:ember)?', 'septiembre', 'setiembre'],
  ['oct(?:ober)?', 'octubre'],
  ['nov(?:ember)?', 'noviembre'],
  ['dec(?:ember)?', 'diciembre', 'dic'],
]
const weekdays = [
  ['monday', 'lunes'],
  ['tuesday', 'martes'],
  ['wednesday', 'miercoles'],
  ['thursday', 'jueves'],
  ['friday', 'viernes'],
  ['saturday', 'sabado'],
  ['sunday', 'domingo'],
]

/** For patterns on texts without case and accents. English and Spanish. */
export const monthName = months.flat().join('|')
export const weekdayName = weekdays.flat().join('|')

const shapes = months.map((names) => new RegExp(`^(?:${names.join('|')})$`))

export const monthOf = (name: string): number => shapes.findIndex((shape) => shape.test(name)) + 1
/** Monday is 1. */
export const weekdayOf = (name: string): number => weekdays.findIndex((names) => names.includes(name)) + 1

/** Days from today; of two that begin alike the longer comes first. */
export const relative: Readonly<Record<string, number>> = {
  today: 0,
  hoy: 0,
  'day after tomorrow': 2,
  tomorrow: 1,
  'pasado manana': 2,
  manana: 1,
  'day before yesterday': -2,
  yesterday: -1,
  anteayer: -2,
  ayer: -1,
}
