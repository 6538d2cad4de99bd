import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { calendarFile } from './calendar/create.ts'
import { checkCalendar, forgetContact } from './calendar/care.ts'

/** An SQLite file that a connector keeps in a tenant's data folder, whether or not it is bound just now. */
export interface KeptFile {
  file: string
  /** Where its copy stands beside a copy of the tenant's data. */
  besideCopy(copy: string): string
  /** Erases a contact, here or in a copy of it: rows cleared, by table. */
  forget(contactId: string, copy?: string): Record<string, number>
}

/** Folders beside the copies of a tenant's data, one for each kind of file. */
export const keptFolders: readonly string[] = ['calendar']

const calendarIn = (folder: string): KeptFile => {
  const file = join(folder, calendarFile)
  return {
    file,
    besideCopy: (copy) => join(dirname(copy), 'calendar', basename(copy)),
    forget: (contactId, copy = file) => ({ appointments: forgetContact(copy, contactId) }),
  }
}

/** Those that are there. */
export const keptIn = (folder: string): KeptFile[] => [calendarIn(folder)].filter(({ file }) => existsSync(file))

/** Their copies beside a copy of the tenant's data. */
export const keptBeside = (copy: string): string[] =>
  [calendarIn(dirname(copy))].map((kept) => kept.besideCopy(copy)).filter((file) => existsSync(file))

/**
 * Puts what stands beside a copy of the tenant's data in its place, without the contacts that were `forgotten` since; what
 * was there before goes to `aside`. The tenant's process has to be stopped. The files that came back; a copy that is not
 * whole is a fault and changes nothing.
 */
export async function restoreKept(
  copy: string,
  folder: string,
  aside: string,
  forgotten: readonly string[] = [],
): Promise<string[]> {
  const restored: string[] = []
  for (const kept of [calendarIn(folder)]) {
    const { file } = kept
    const from = kept.besideCopy(copy)
    if (!existsSync(from)) continue
    const coming = `${file}.restoring`
    await rm(coming, { force: true })
    await copyFile(from, coming)
    for (const contactId of forgotten) kept.forget(contactId, coming)
    checkCalendar(coming)
    // A log without its file would be played into the one that comes.
    for (const old of [file, `${file}-wal`, `${file}-shm`].filter((name) => existsSync(name))) {
      await mkdir(aside, { recursive: true, mode: 0o700 })
      await rename(old, join(aside, basename(old)))
    }
    await rename(coming, file)
    restored.push(file)
  }
  return restored
}
