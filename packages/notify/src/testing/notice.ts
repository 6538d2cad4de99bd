import type { Notice } from '@copse/contracts'

export const notice = (more: Partial<Notice> = {}): Notice => ({
  key: 'h-1',
  again: false,
  handoff: {
    id: 'h-1',
    reason: 'The refund was refused.',
    summary: 'Ana wants 25 € back.',
    data: { order: 'O-1', amount: 25 },
  },
  at: Date.UTC(2026, 0, 15, 12),
  tenant: 'Café Müller',
  channel: 'whatsapp',
  customer: { alias: '34600111222', name: 'Ana' },
  promises: ['A colleague will get back to you.'],
  done: [
    { name: 'open_ticket', state: 'done' },
    { name: 'refund', state: 'uncertain' },
  ],
  link: 'https://bot.example/handoffs/h-1?token=t',
  ...more,
})
