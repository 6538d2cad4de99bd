/** One cookie out of a request's header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value
  }
  return undefined
}

const monthSeconds = 30 * 24 * 3600

/** For the chat's own routes only, unreadable to scripts, not sent along from other sites. */
export const chatCookie = (name: string, value: string, secure: boolean): string =>
  `${name}=${value}; Path=/chat; Max-Age=${monthSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
