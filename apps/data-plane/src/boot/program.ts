declare global {
  /** Written into the bundle when it is made. */
  var copseProgram: string | undefined
}

/** Which program this is, by what it was made of. Undefined: it runs from sources, which change. */
export const program = globalThis.copseProgram
