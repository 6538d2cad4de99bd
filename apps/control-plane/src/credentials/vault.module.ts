import { randomBytes } from 'node:crypto'
import { Module } from '@nestjs/common'
import { Config } from '../config.ts'
import { readOrCreateKey } from '../keyfile.ts'
import { Vault, vaultOf } from './vault.ts'

const newKek = (): string => `kek-1:${randomBytes(32).toString('base64')}`

@Module({
  providers: [
    {
      provide: Vault,
      inject: [Config],
      useFactory: (config: Config) => vaultOf(config.kek ?? readOrCreateKey(config.data, 'kek', newKek)),
    },
  ],
  exports: [Vault],
})
export class VaultModule {}
