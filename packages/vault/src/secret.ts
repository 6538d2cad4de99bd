import { inspect } from 'node:util'

const redacted = '[redacted]'

/** Holds a plaintext so that no log, template, JSON or `inspect` shows it. `reveal()` is the only way out. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return redacted
  }

  toJSON(): string {
    return redacted
  }

  [inspect.custom](): string {
    return redacted
  }
}
