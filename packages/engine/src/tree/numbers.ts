/** Up to so many, looking is quicker than making a map: a tree built for one step is asked a few times. */
const FEW = 32

/** Ids to numbers. */
export class Numbers {
  readonly #ids: readonly string[]
  #byId: Map<string, number> | undefined

  constructor(ids: readonly string[]) {
    this.#ids = ids
  }

  get(id: string): number | undefined {
    if (this.#ids.length <= FEW) {
      const index = this.#ids.indexOf(id)
      return index < 0 ? undefined : index
    }
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
