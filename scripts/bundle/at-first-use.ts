/** Stands for what `make` makes, which is made when it is first asked anything. */
export function atFirstUse<T extends object>(make: () => T): T {
  let made: T | undefined
  const real = (): T => (made ??= make())
  return new Proxy({} as T, {
    get: (_, name): unknown => Reflect.get(real(), name),
    set: (_, name, value) => Reflect.set(real(), name, value),
    has: (_, name) => Reflect.has(real(), name),
    getPrototypeOf: () => Reflect.getPrototypeOf(real()),
  })
}
