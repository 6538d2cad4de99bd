import type { Json, JsonObject, StoredSession } from '@copse/contracts'
import type { Snapshot } from '@copse/engine'
import { factsOf, page } from './link-page.ts'
import { html } from './markup.ts'

/** What somebody is asked to approve, as it was when they were asked. */
export interface Approval {
  summary: string
  data: JsonObject
}

/** The leaf that minted the link left it beside the id, on whichever blackboard it stood, where it stays once it is over. */
export function approvalIn({ status, snapshot }: StoredSession, id: string): Approval | undefined {
  const { waits, scopes } = snapshot as unknown as Partial<Snapshot>
  const isAwaited = waits?.some(({ wait }) => wait.kind === 'approval' && (wait.key ?? id) === id)
  if (status !== 'waiting' || !isAwaited) return undefined
  const cells = Object.values(scopes ?? {}).flatMap((scope) => Object.values(scope))
  const found = cells.map((cell) => cell?.value).find((value) => isOf(value, id))
  return found && { summary: found.summary ?? '', data: found.data ?? {} }
}

const isOf = (value: Json | undefined, id: string): value is Partial<Approval> & JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && value['id'] === id

export const approvalPage = (tenant: string, { summary, data }: Approval): string =>
  page(
    `Your approval · ${tenant}`,
    html`<p class="state">${tenant} asks for your approval</p>
      <h1>${summary === '' ? 'Do you approve this?' : summary}</h1>
      ${factsOf(data)}
      <form method="post">
        <button name="approved" value="true">Approve</button>
        <button name="approved" value="false">Decline</button>
      </form>
      <p class="state">You can answer once.</p>`,
  )

export const answeredPage = (tenant: string, approved: boolean): string =>
  page(
    `Answered · ${tenant}`,
    html`<h1>${approved ? 'You approved this.' : 'You declined this.'}</h1>
      <p>${tenant} goes on with your answer. You can close this page.</p>`,
  )
