import { Module } from '@nestjs/common'
import { CredentialsModule } from '../credentials/credentials.module.ts'
import { TenantsModule } from '../tenants/tenants.module.ts'
import { DraftsController } from './drafts.controller.ts'
import { Drafts } from './drafts.service.ts'
import { LibraryController } from './library.controller.ts'
import { Library } from './library.service.ts'
import { ProceduresController } from './procedures.controller.ts'
import { Procedures } from './procedures.service.ts'

@Module({
  imports: [TenantsModule, CredentialsModule],
  controllers: [LibraryController, ProceduresController, DraftsController],
  providers: [Library, Procedures, Drafts],
})
export class AuthoringModule {}
