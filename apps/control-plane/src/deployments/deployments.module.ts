import { join } from 'node:path'
import { Module } from '@nestjs/common'
import { Config } from '../config.ts'
import { IdentityModule } from '../identity/identity.module.ts'
import { TenantsModule } from '../tenants/tenants.module.ts'
import { BootTokens } from './boot-tokens.ts'
import { DeploymentsController } from './deployments.controller.ts'
import { Deployments } from './deployments.service.ts'
import { Host } from './host.ts'
import { Instances } from './instances.ts'
import { OperatorTokensController } from './operator-tokens.controller.ts'
import { ProcessHost } from './process.host.ts'
import { Reconciler } from './reconciler.ts'

@Module({
  imports: [IdentityModule, TenantsModule],
  controllers: [DeploymentsController, OperatorTokensController],
  providers: [
    Deployments,
    Instances,
    BootTokens,
    Reconciler,
    {
      provide: Host,
      inject: [Config],
      useFactory: ({ data, instanceMain, instanceFlags, instanceEnvironment }: Config): Host =>
        new ProcessHost({
          folder: join(data, 'instances'),
          main: instanceMain,
          flags: instanceFlags,
          environment: instanceEnvironment,
          healthTimeoutMs: 1000,
        }),
    },
  ],
})
export class DeploymentsModule {}
