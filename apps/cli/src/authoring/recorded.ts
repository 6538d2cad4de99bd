import { Fault, type KeptRelease, type Recording } from '@copse/contracts'
import { keptReleases, openRecordings } from '@copse/store'
import type { Call } from '../command.ts'
import { Refused } from '../tenant.ts'

/** Where recorded sessions are read; nothing is written there. */
export interface Recorded {
  /** Ids, the newest first. */
  sessions(limit: number): Promise<string[]>
  /** Of the contact whose session it is. Undefined: there is no such session. */
  recording(sessionId: string): Promise<Recording | undefined>
  releases: readonly KeptRelease[]
  close(): void
}

/** A tenant's process lists so many at once. */
const mostListed = 500

/** A data folder, also one that a running process holds; or else the tenant, asked over HTTP. */
export async function openRecorded({ options, tenant }: Pick<Call, 'options' | 'tenant'>): Promise<Recorded> {
  const folder = options['data']
  if (typeof folder === 'string') {
    const recordings = openRecordings(folder)
    return {
      sessions: (limit) => recordings.recorded(limit),
      recording: (id) => recordings.recording(id),
      releases: releasesIn(keptReleases(folder), folder),
      close: () => recordings.close(),
    }
  }
  const asked = await tenant('read')
  const { releases } = await asked.get<{ releases: KeptRelease[] }>('/internal/releases')
  return {
    async sessions(limit) {
      const path = `/api/sessions?limit=${Math.min(limit, mostListed)}`
      return (await asked.get<{ sessions: { id: string }[] }>(path)).sessions.map(({ id }) => id)
    },
    async recording(sessionId) {
      try {
        return await asked.get<Recording>(`/internal/recordings/${encodeURIComponent(sessionId)}`)
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return undefined
        throw error
      }
    },
    releases: releasesIn(releases, 'the tenant'),
    close: () => {},
  }
}

function releasesIn(releases: KeptRelease[], where: string): KeptRelease[] {
  if (releases.length > 0) return releases
  const detail = `${where} keeps no release: a tenant's process writes what it runs on into \`releases\` of its data folder. Start it once, or copy that folder beside copse.db.`
  throw new Fault('config_invalid', { detail })
}
