import { Injectable } from '@nestjs/common'
import { mintToken, sameToken } from '@copse/vault'
import { Config } from '../config.ts'
import { readOrCreateKey } from '../keyfile.ts'

const keyFile = { name: 'admin-key', create: () => mintToken('copse_admin'), pattern: /^\S{32,}$/ }

@Injectable()
export class AdminKey {
  readonly #key: string

  constructor(config: Config) {
    this.#key = config.adminKey ?? readOrCreateKey(config.data, keyFile)
  }

  accepts(token: string): boolean {
    return sameToken(token, this.#key)
  }
}
