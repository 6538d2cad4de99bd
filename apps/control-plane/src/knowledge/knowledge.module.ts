import { Module } from '@nestjs/common'
import { TenantsModule } from '../tenants/tenants.module.ts'
import { KnowledgeController } from './knowledge.controller.ts'
import { Knowledge } from './knowledge.service.ts'

@Module({ imports: [TenantsModule], controllers: [KnowledgeController], providers: [Knowledge] })
export class KnowledgeModule {}
