interface Task {
  name: string
  signal: AbortSignal
  isHalted: boolean
  isDone: boolean
}

/** Watches leaves from their own side, so that nothing the engine believes of them is taken on trust. */
export class Witness {
  readonly #tasks = new Map<string, Task>()
  /** What must never happen, in words. */
  readonly breaches: string[] = []

  begin(node: string, visit: number, signal: AbortSignal): Task {
    const name = `${node}#${visit}`
    const known = this.#tasks.get(name)
    if (known !== undefined && !known.isDone && !known.isHalted) this.breaches.push(`${name} runs twice at once`)
    const task: Task = { name, signal, isHalted: false, isDone: false }
    this.#tasks.set(name, task)
    return task
  }

  halted(node: string, visit: number): void {
    const task = this.#tasks.get(`${node}#${visit}`)
    if (task === undefined) return
    if (task.isHalted) this.breaches.push(`${task.name} was halted twice`)
    if (!task.signal.aborted) this.breaches.push(`${task.name} was halted before its signal was aborted`)
    task.isHalted = true
  }

  /** To be called after something took effect. */
  did(task: Task, what: string): void {
    if (task.isHalted) this.breaches.push(`${task.name} ${what} after it was halted`)
    else if (task.isDone) this.breaches.push(`${task.name} ${what} after it had answered`)
  }

  /** Begun, and neither answered nor halted. */
  get live(): readonly string[] {
    return this.#named(({ isDone, isHalted }) => !isDone && !isHalted)
  }

  /** Stopped in the middle, and not told by their signal. */
  get deaf(): readonly string[] {
    return this.#named(({ isDone, signal }) => !isDone && !signal.aborted)
  }

  get haltedCount(): number {
    return this.#named(({ isHalted }) => isHalted).length
  }

  #named(which: (task: Task) => boolean): string[] {
    return [...this.#tasks.values()].filter(which).map(({ name }) => name)
  }
}
