import { Module } from '@nestjs/common'
import { CredentialsModule } from '../credentials/credentials.module.ts'
import { IdentityModule } from '../identity/identity.module.ts'
import { BootController } from './boot.controller.ts'
import { Boot } from './boot.service.ts'

@Module({ imports: [CredentialsModule, IdentityModule], controllers: [BootController], providers: [Boot] })
export class BootModule {}
