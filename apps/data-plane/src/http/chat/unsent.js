// What a visitor wrote and the server has not taken yet. The browser keeps it, so that a page that is closed loses
// nothing: one entry a message, so that two windows never write over each other.

/** Whoever forbids cookies forbids this too, and it may be full: then the page does without. */
export function tried(work) {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** `key`: whose messages these are; no other speaker's are ever read. */
export function createUnsent(key) {
  const prefix = `${key}:unsent:`
  const read = () =>
    Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix))
      .map((name) => JSON.parse(localStorage.getItem(name)))
  return {
    keep: (message) => tried(() => localStorage.setItem(prefix + message.body.id, JSON.stringify(message))),
    drop: ({ body }) => tried(() => localStorage.removeItem(prefix + body.id)),
    /** Oldest first. */
    all: () => (tried(read) ?? []).sort((one, other) => one.at - other.at),
  }
}
