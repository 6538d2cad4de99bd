import { digest, type Clock, type Logger, type Store } from '@copse/contracts'
import type { StandingSchedule } from '@copse/lane'
import { defaultRetention } from '@copse/store'
import { takeBackup } from './backups.ts'

interface Kept {
  store: Store
  backups: string
  tenantId: string
  /** The tenant's own: its nights are when nobody writes. */
  zone: string
  clock: Clock
  logger: Logger
}

/** What the process does for its data by itself. What fails is logged and counted, and its next occurrence tries again. */
export function upkeep({ store, backups, tenantId, zone, clock, logger }: Kept): StandingSchedule[] {
  return [
    {
      key: 'retention',
      schedule: { daily: '03:30' },
      zone,
      async run() {
        const { deleted } = await store.prune(defaultRetention, clock.now())
        logger.info({ deleted }, 'deleted what is older than it may be')
      },
    },
    {
      key: 'backup',
      schedule: { cron: `${minuteOf(tenantId)} * * * *` },
      zone,
      async run() {
        logger.info(await takeBackup(store, backups, clock), 'backed up')
      },
    },
  ]
}

/** Each tenant has its own minute: those of one machine do not all copy at once. */
const minuteOf = (tenantId: string): number => Number.parseInt(digest(['backup', tenantId]).slice(0, 8), 16) % 60
