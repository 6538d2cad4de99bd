import { randomBytes } from 'node:crypto'
import { Module } from '@nestjs/common'
import { Config, kekPattern } from '../config.ts'
import { readOrCreateKey } from '../keyfile.ts'
import { Vault, vaultOf } from './vault.ts'

const keyFile = {
  name: 'kek',
  create: () => `kek-1:${randomBytes(32).toString('base64')}`,
  pattern: kekPattern,
}

@Module({
  providers: [
    {
      provide: Vault,
      inject: [Config],
      useFactory: (config: Config) => vaultOf(config.kek ?? readOrCreateKey(config.data, keyFile)),
    },
  ],
  exports: [Vault],
})
export class VaultModule {}
