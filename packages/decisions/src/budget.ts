import { limits } from './limits.ts'

/** The evaluation used all the steps it was given. Caught where an evaluation begins, and nowhere else. */
export class BudgetSpent extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'BudgetSpent'
  }
}

/** Counts steps, so that no expression can run or grow for ever. */
export class Budget {
  #left: number
  #depth = 0
  readonly #steps: number

  constructor(steps: number = limits.steps) {
    this.#left = steps
    this.#steps = steps
  }

  readonly take = (steps: number): void => {
    this.#left -= steps
    // Written so that NaN ends it, too.
    if (!(this.#left >= 0)) throw new BudgetSpent(`The decision took more than ${this.#steps} steps.`)
  }

  /** For text of this length that is made or read through. */
  takeText(length: number): void {
    this.take(1 + length / 16)
  }

  /** Runs a function's body. */
  deeper<T>(run: () => T): T {
    this.#depth += 1
    if (this.#depth > limits.depth) throw new BudgetSpent(`Functions call each other more than ${limits.depth} deep.`)
    try {
      return run()
    } finally {
      this.#depth -= 1
    }
  }
}
