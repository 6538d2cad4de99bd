/** The text is no XML that is read here. */
export class XmlRefusal extends Error {
  readonly offset: number
  readonly fix: string | undefined

  constructor(message: string, offset: number, fix?: string) {
    super(message)
    this.name = 'XmlRefusal'
    this.offset = offset
    this.fix = fix
  }
}
