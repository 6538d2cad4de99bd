import { Fault, type Clock, type HandoffTargets, type Notifier } from '@copse/contracts'
import { checkSecret, jsonOf, notifyCredential } from './credential.ts'
import { createEmailNotifier } from './email.ts'
import { createWebhookNotifier } from './webhook.ts'

/** Every target that a tenant names. None, when it names none. */
export function createNotifiers(
  targets: HandoffTargets | undefined,
  { secret, clock, timeZone }: { secret: string | undefined; clock: Clock; timeZone: string },
): Notifier[] {
  const { email, webhook } = targets ?? {}
  if (!targets || (!email && !webhook)) return []
  const problems = checkSecret(targets, secret)
  if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
  const { smtpUrl, secret: signing } = notifyCredential.parse(jsonOf(secret ?? ''))
  return [
    ...(email && smtpUrl !== undefined ? [createEmailNotifier({ ...email, timeZone, smtpUrl })] : []),
    ...(webhook && signing !== undefined ? [createWebhookNotifier({ ...webhook, secret: signing, clock })] : []),
  ]
}
