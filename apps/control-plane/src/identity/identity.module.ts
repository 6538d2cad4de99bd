import { Module } from '@nestjs/common'
import { AdminKey } from './admin-key.ts'

@Module({ providers: [AdminKey], exports: [AdminKey] })
export class IdentityModule {}
