import { Injectable } from '@nestjs/common'
import { createOperatorKeys, keysOf, mintOperatorToken, type OperatorClaims, type OperatorKeys } from '@copse/vault'
import { Config } from '../config.ts'
import { readOrCreateKey } from '../keyfile.ts'

const keyFile = {
  name: 'operator-key',
  create: () => createOperatorKeys().privateKey,
  pattern: /^[A-Za-z0-9+/]{60,}={0,2}$/,
}

/** Signs what opens a tenant's private routes. Tenants get the public half, so that they need not ask whether it holds. */
@Injectable()
export class OperatorKey {
  readonly #keys: OperatorKeys

  constructor({ data }: Config) {
    this.#keys = keysOf(readOrCreateKey(data, keyFile))
  }

  get publicKey(): string {
    return this.#keys.publicKey
  }

  mint(claims: OperatorClaims): string {
    return mintOperatorToken(this.#keys, claims)
  }
}
