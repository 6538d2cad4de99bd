import { Global, Module, type OnModuleDestroy } from '@nestjs/common'
import { Config } from '../config.ts'
import { BullMqJobs } from './bullmq.jobs.ts'
import { InProcessJobs } from './in-process.jobs.ts'
import { Jobs } from './jobs.ts'

@Global()
@Module({
  providers: [
    {
      provide: Jobs,
      inject: [Config],
      useFactory: ({ redisUrl, jobsName }: Config): Jobs =>
        redisUrl === undefined ? new InProcessJobs() : new BullMqJobs(redisUrl, jobsName),
    },
  ],
  exports: [Jobs],
})
export class JobsModule implements OnModuleDestroy {
  constructor(private readonly jobs: Jobs) {}

  /** First: a run that is under way still needs the database. */
  async onModuleDestroy(): Promise<void> {
    await this.jobs.close()
  }
}
