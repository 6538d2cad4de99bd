import { join } from 'node:path'
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common'
import { Config } from '../config.ts'
import { Database, openDatabase } from './database.ts'

@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [Config],
      useFactory: (config: Config) => openDatabase({ url: config.databaseUrl, folder: join(config.data, 'postgres') }),
    },
  ],
  exports: [Database],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Last: requests and jobs have ended by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close()
  }
}
