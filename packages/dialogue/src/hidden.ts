/** Names on the blackboard that are ours: nobody is shown what they hold, and it is gone with the session. */
export const hidden = {
  told: '_told',
  deeds: '_deeds',
  path: '_path',
  correction: '_correction',
  escalated: '_escalated',
  outcome: '_outcome',
} as const
