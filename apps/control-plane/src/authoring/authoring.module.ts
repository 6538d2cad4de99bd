import { Module } from '@nestjs/common'
import { TenantsModule } from '../tenants/tenants.module.ts'
import { LibraryController } from './library.controller.ts'
import { Library } from './library.service.ts'
import { ProceduresController } from './procedures.controller.ts'
import { Procedures } from './procedures.service.ts'

@Module({
  imports: [TenantsModule],
  controllers: [LibraryController, ProceduresController],
  providers: [Library, Procedures],
})
export class AuthoringModule {}
