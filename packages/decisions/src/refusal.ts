/** Thrown inside the room where text is read; whoever knows the place of the text makes a diagnostic of it. */
export class Refusal extends Error {
  /** Into the text. */
  readonly offset: number
  readonly fix: string | undefined
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string, offset: number, fix?: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.offset = offset
    this.fix = fix
  }
}

/** `beyond`: this is FEEL, but not S-FEEL. */
export type RefusalCode = 'beyond' | 'cell_invalid' | 'cell_too_large'
