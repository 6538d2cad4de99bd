import { idsIn, openCalendar, said } from './open-calendar.ts'

/** `<folder> <contact>`: books every slot of a day that it can get, and prints how many those were. */
const [folder = '', contact_id = ''] = process.argv.slice(2)
const calendar = openCalendar(folder, { config: { maxPerContact: 100 } })
let booked = 0
for (const slot of idsIn(await said(calendar, 'get_slots_for_day', { date_str: '2026-11-23' }))) {
  const answer = await said(calendar, 'book_appointment', { slot, contact_id }, `${contact_id} ${slot}`)
  if (answer['ok'] === true) booked += 1
}
process.stdout.write(String(booked))
