import { languageOf, phrase } from '@copse/dialogue'
import type { People } from '@copse/lane'
import type { SignedLinks } from './links.ts'
import type { Live } from './live.ts'

/** How the tenant's own people come into it, as the release of the moment says. */
export const createPeople = ({ live, links }: { live: Live; links: SignedLinks }): People => ({
  rules: live.handoffRules,
  notifiers: live.notifiers,
  tenant: () => live.active().release.tenant.name,
  link: (handoff) => links.handoff(handoff),
  stillWaiting: (language) => phrase('still_waiting', languageFor(live, language)),
})

/** The customer's, if the tenant speaks it, or the tenant's first. */
export const languageFor = (live: Live, language: string | undefined): string =>
  languageOf(language, live.active().release.tenant.profile)
