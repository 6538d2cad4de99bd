import { Fault, type Clock, type HandoffTargets, type Notifier } from '@copse/contracts'
import { parseCredential } from './credential.ts'
import { createEmailNotifier } from './email.ts'
import { createWebhookNotifier } from './webhook.ts'

/** Every target that a tenant names. None, when it names none. */
export function createNotifiers(
  targets: HandoffTargets | undefined,
  { secret, clock, timeZone }: { secret: string | undefined; clock: Clock; timeZone: string },
): Notifier[] {
  const { email, webhook } = targets ?? {}
  if (!email && !webhook) return []
  const credential = parseCredential(secret)
  const notifiers: Notifier[] = []
  if (email)
    notifiers.push(createEmailNotifier({ ...email, timeZone, smtpUrl: given(credential.smtpUrl, 'email', 'smtpUrl') }))
  if (webhook)
    notifiers.push(createWebhookNotifier({ ...webhook, secret: given(credential.secret, 'webhook', 'secret'), clock }))
  return notifiers
}

function given(value: string | undefined, target: string, member: string): string {
  if (value !== undefined) return value
  throw new Fault('config_invalid', { detail: `\`handoffs.${target}\` needs \`${member}\` in its credential.` })
}
