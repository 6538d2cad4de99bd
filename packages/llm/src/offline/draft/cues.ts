/** How a language says, in a written procedure, what is to be done. Each is tried on one whole sentence. */
export interface Cues {
  /** Holds in one case and not in another. */
  cases: RegExp
  /** Asks the customer; `what` is what for. */
  asks: RegExp
  /** Between two things that are asked for, and where the last one ends. */
  between: RegExp
  until: RegExp
  /** What stands before a thing without being part of its name. */
  articles: RegExp
  /** Tells the customer; `what` is what. */
  tells: RegExp
  /** Ends with a person. */
  hands: RegExp
  courtesy: RegExp
  /** Begins like a statement; a command begins with what is to be done. */
  states: RegExp
  /** A statement that is a command all the same. */
  obliges: RegExp
  /** What a title is made of that no customer would say. */
  paperwork: RegExp
  askFor: (things: string[]) => string
}
