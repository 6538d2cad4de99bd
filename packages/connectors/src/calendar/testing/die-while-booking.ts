import { ask, openCalendar } from './open-calendar.ts'

/** `<folder> <point>`: books under the key `k`, and dies at that point of it. */
const [folder = '', point = ''] = process.argv.slice(2)
const calendar = openCalendar(folder, {
  probe: (passed) => passed === point && process.kill(process.pid, 'SIGKILL'),
})
const args = { slot: '2026-11-23T10:00+01:00', contact_id: 'ana' }
process.stdout.write(JSON.stringify(await ask(calendar, 'book_appointment', args, 'k')))
