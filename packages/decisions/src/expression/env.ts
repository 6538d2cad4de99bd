import type { Context, Env, Scope, Value } from '../values/value.ts'

/** Own properties alone, so that `constructor` is a name like any other. */
export class ContextScope implements Scope {
  readonly #context: Context
  readonly #outer: Scope | undefined

  constructor(context: Context, outer?: Scope) {
    this.#context = context
    this.#outer = outer
  }

  get(name: string): Value | undefined {
    if (!Object.hasOwn(this.#context, name)) return this.#outer?.get(name)
    return this.#context[name] ?? null
  }
}

/** One name: what a loop or a filter adds. */
export class NameScope implements Scope {
  readonly #name: string
  readonly #value: Value
  readonly #outer: Scope

  constructor(name: string, value: Value, outer: Scope) {
    this.#name = name
    this.#value = value
    this.#outer = outer
  }

  get(name: string): Value | undefined {
    return name === this.#name ? this.#value : this.#outer.get(name)
  }
}

export const within = (env: Env, scope: Scope): Env => ({ ...env, scope })
