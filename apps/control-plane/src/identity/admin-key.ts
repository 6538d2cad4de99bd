import { Injectable } from '@nestjs/common'
import { mintToken, sameToken } from '@copse/vault'
import { Config } from '../config.ts'
import { readOrCreateKey } from '../keyfile.ts'

@Injectable()
export class AdminKey {
  readonly #key: string

  constructor(config: Config) {
    this.#key = config.adminKey ?? readOrCreateKey(config.data, 'admin-key', () => mintToken('copse_admin'))
  }

  accepts(token: string): boolean {
    return sameToken(token, this.#key)
  }
}
