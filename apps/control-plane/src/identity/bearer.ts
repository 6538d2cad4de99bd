import { Fault } from '@copse/contracts'

export function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw new Fault('token_missing')
  return token
}
