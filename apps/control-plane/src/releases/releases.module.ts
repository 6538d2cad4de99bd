import { Module } from '@nestjs/common'
import { CredentialsModule } from '../credentials/credentials.module.ts'
import { TenantsModule } from '../tenants/tenants.module.ts'
import { ReleasesController } from './releases.controller.ts'
import { Releases } from './releases.service.ts'

@Module({ imports: [TenantsModule, CredentialsModule], controllers: [ReleasesController], providers: [Releases] })
export class ReleasesModule {}
