import { Module } from '@nestjs/common'
import { AdminKey } from './admin-key.ts'
import { OperatorKey } from './operator-key.ts'

@Module({ providers: [AdminKey, OperatorKey], exports: [AdminKey, OperatorKey] })
export class IdentityModule {}
