import { Module } from '@nestjs/common'
import { TenantsModule } from '../tenants/tenants.module.ts'
import { CredentialsController } from './credentials.controller.ts'
import { Credentials } from './credentials.service.ts'
import { VaultModule } from './vault.module.ts'

@Module({
  imports: [TenantsModule, VaultModule],
  controllers: [CredentialsController],
  providers: [Credentials],
  exports: [Credentials],
})
export class CredentialsModule {}
