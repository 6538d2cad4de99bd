import type { TreeSpec } from '@copse/engine'
import { appointment } from './appointment.ts'
import { complaint } from './complaint.ts'
import { findOrder } from './find-order.ts'
import { fraudTriage } from './fraud-triage.ts'
import { hairdresser } from './hairdresser.ts'
import { lead } from './lead.ts'
import { orderStatus } from './order-status.ts'
import { passwordReset } from './password-reset.ts'
import { refund } from './refund.ts'

/** Of what we ship, by file: built with the engine's builder, in a person's words. Nothing of them was written by the compiler. */
export const byHand: Readonly<Record<string, TreeSpec>> = {
  'appointment.procedure.yaml': appointment,
  'complaint.procedure.yaml': complaint,
  'find-order.procedure.yaml': findOrder,
  'fraud-triage.procedure.yaml': fraudTriage,
  'hairdresser.flow.yaml': hairdresser,
  'lead.procedure.yaml': lead,
  'order-status.procedure.yaml': orderStatus,
  'password-reset.procedure.yaml': passwordReset,
  'refund.procedure.yaml': refund,
}
