import { Module, type DynamicModule } from '@nestjs/common'
import { AuthoringModule } from './authoring/authoring.module.ts'
import { BootModule } from './boot/boot.module.ts'
import { Config } from './config.ts'
import { CredentialsModule } from './credentials/credentials.module.ts'
import { DatabaseModule } from './database/database.module.ts'
import { DeploymentsModule } from './deployments/deployments.module.ts'
import { IdentityModule } from './identity/identity.module.ts'
import { JobsModule } from './jobs/jobs.module.ts'
import { KnowledgeModule } from './knowledge/knowledge.module.ts'
import { ObservationModule } from './observation/observation.module.ts'
import { ReleasesModule } from './releases/releases.module.ts'
import { TenantsModule } from './tenants/tenants.module.ts'

/** The table of contents. */
@Module({
  imports: [
    // what everything stands on
    DatabaseModule,
    JobsModule,
    IdentityModule,
    // what a tenant is made of
    TenantsModule,
    AuthoringModule,
    KnowledgeModule,
    CredentialsModule,
    // what becomes of it
    ReleasesModule,
    DeploymentsModule,
    BootModule,
    // how it does
    ObservationModule,
  ],
})
export class AppModule {
  static of(config: Config): DynamicModule {
    return {
      module: AppModule,
      global: true,
      providers: [{ provide: Config, useValue: config }],
      exports: [Config],
    }
  }
}
