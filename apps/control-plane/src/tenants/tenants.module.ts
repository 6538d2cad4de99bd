import { Module } from '@nestjs/common'
import { VaultModule } from '../credentials/vault.module.ts'
import { BindingsController } from './bindings.controller.ts'
import { Bindings } from './bindings.service.ts'
import { TenantsController } from './tenants.controller.ts'
import { Tenants } from './tenants.service.ts'

@Module({
  imports: [VaultModule],
  controllers: [TenantsController, BindingsController],
  providers: [Tenants, Bindings],
  exports: [Tenants],
})
export class TenantsModule {}
