import { Fault } from '@copse/contracts'
import { Controller, Get } from '@nestjs/common'
import { Database } from '../database/database.ts'
import { Public } from '../identity/admission.ts'

@Controller()
export class HealthController {
  constructor(private readonly database: Database) {}

  /** Alive: answers at all. */
  @Public()
  @Get('healthz')
  alive(): { ok: true } {
    return { ok: true }
  }

  /** Ready: can do its work. */
  @Public()
  @Get('readyz')
  async ready(): Promise<{ ok: true }> {
    try {
      await this.database.ping()
    } catch (cause) {
      throw new Fault('database_unreachable', { cause })
    }
    return { ok: true }
  }
}
