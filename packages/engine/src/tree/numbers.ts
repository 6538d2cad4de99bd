/** Ids to numbers; looked up by a map that is made when somebody asks, since a tree built for one step rarely does. */
export class Numbers {
  readonly #ids: readonly string[]
  #byId: Map<string, number> | undefined

  constructor(ids: readonly string[]) {
    this.#ids = ids
  }

  get(id: string): number | undefined {
    if (this.#byId === undefined) {
      this.#byId = new Map()
      for (let index = 0; index < this.#ids.length; index++) this.#byId.set(this.#ids[index]!, index)
    }
    return this.#byId.get(id)
  }

  has(id: string): boolean {
    return this.get(id) !== undefined
  }
}
