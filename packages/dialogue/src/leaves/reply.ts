import type { Option } from '@copse/contracts'
import type { EngineEvent, Status } from '@copse/engine'
import type { Reply } from '../understand/options.ts'
import { answeredCorrection } from './corrections.ts'
import { onSilence, waitForReply, type Waiting } from './silence.ts'
import { readInput, type DialogueCtx } from './step.ts'

/**
 * What woke a leaf that waits is a reply to it, unless it was silence, or the answer to what was asked about a correction:
 * then it is what came of that. `stay` waits on as if nothing was said.
 */
export async function heardReply(
  ctx: DialogueCtx,
  config: Waiting,
  event: EngineEvent,
  options: readonly Option[],
): Promise<{ reply: Reply; stay: () => Status } | Status> {
  const silent = onSilence(ctx, config, event, options)
  if (silent !== undefined) return silent
  const reply = readInput(ctx) ?? { text: '', payload: undefined }
  const stay = (): Status => waitForReply(ctx, config, options)
  const corrected = await answeredCorrection(ctx, reply, stay)
  return corrected === undefined || corrected === 'own' ? { reply, stay } : corrected
}
