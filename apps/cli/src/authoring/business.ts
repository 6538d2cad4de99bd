import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Fault } from '@copse/contracts'
import type { OpenBusiness } from '@copse/studio'
import { readSource } from './files.ts'

/** A folder whose package can be played in this process: it exports `./in-process` with `openBusiness`. */
export async function loadBusiness(folder: string): Promise<OpenBusiness> {
  const manifest = join(resolve(folder), 'package.json')
  if (!existsSync(manifest)) throw refused(folder, 'there is no package.json in it')
  const entry = entryOf(manifest)
  if (entry === undefined) throw refused(folder, 'its package does not export "./in-process"')
  return await load(entry, folder)
}

/** The business that a folder is, if it can be played. */
export async function businessIn(folder: string | undefined): Promise<OpenBusiness | undefined> {
  const manifest = folder === undefined ? undefined : join(resolve(folder), 'package.json')
  const entry = manifest !== undefined && existsSync(manifest) ? entryOf(manifest) : undefined
  return entry === undefined || folder === undefined ? undefined : await load(entry, folder)
}

async function load(entry: string, folder: string): Promise<OpenBusiness> {
  const { openBusiness } = (await import(pathToFileURL(entry).href)) as { openBusiness?: OpenBusiness }
  if (!openBusiness) throw refused(folder, 'what it exports has no `openBusiness`')
  return openBusiness
}

function entryOf(manifest: string): string | undefined {
  const { name } = JSON.parse(readSource(manifest).text) as { name?: string }
  try {
    return createRequire(manifest).resolve(`${name}/in-process`)
  } catch {
    return undefined // not exported: the caller says so
  }
}

const refused = (folder: string, why: string): Fault =>
  new Fault('config_invalid', { detail: `${folder} cannot be played as a business: ${why}.` })
