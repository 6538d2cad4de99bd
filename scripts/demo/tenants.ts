/** The two businesses of the demo, as an operator would describe them. */
export interface DemoTenant {
  slug: string
  name: string
  port: number
  procedures: string[]
  /** A file of `examples`. */
  knowledge?: string
  /** Whom `/chat` offers to speak as, in development. */
  speakAs: string[]
  identity?: string
  operations: string[]
  hello: { as: string; message: string }
}

export const demoTenants: DemoTenant[] = [
  {
    slug: 'techmart',
    name: 'TechMart',
    port: 8002,
    procedures: ['refund', 'complaint'],
    knowledge: 'techmart.knowledge.md',
    speakAs: [
      'CUST-456 Jane Smith',
      'CUST-789 Bob Johnson',
      'CUST-012 Alice Williams',
      'CUST-345 Carol Davis',
      'CUST-678 Marisol Vega',
    ],
    identity: 'find_customer',
    operations: [
      'find_customer',
      'lookup_order',
      'search_orders',
      'issue_refund',
      'issue_store_credit',
      'update_case_status',
      'escalate_to_supervisor',
      'add_case_note',
      'search_knowledge',
    ],
    hello: { as: 'CUST-456', message: 'I want a refund for my order from TechMart' },
  },
  {
    slug: 'harborbank',
    name: 'Harbor Bank',
    port: 8003,
    procedures: ['fraud-triage'],
    speakAs: ['analyst-1 First analyst', 'analyst-2 Second analyst'],
    operations: [
      'get_fraud_alert',
      'get_account_transactions',
      'check_device_fingerprint',
      'get_login_history',
      'get_risk_indicators',
      'flag_account',
      'submit_sar',
      'close_alert',
      'escalate_to_supervisor',
      'add_case_note',
      'update_case_status',
    ],
    hello: { as: 'analyst-1', message: 'Please triage fraud alert FA-001' },
  },
]
