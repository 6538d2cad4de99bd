/** What a complaint is about: plain words decide, and what they leave open is weighed among four kinds. */
import type { Field } from '@copse/contracts'
import { branches, speaksOf } from './facts.ts'
import { both, called, classify, decide, type B } from './words.ts'

export const opening = [
  'complaint',
  'complain',
  'unhappy',
  'dissatisfied',
  'problem with',
  'issue with',
  'bad experience',
  'terrible service',
  'damaged',
  'never arrived',
  'queja',
  'reclamación',
  'reclamar',
  'quejarme',
  'problema con',
  'descontento',
  'descontenta',
  'mala experiencia',
  'no ha llegado',
]

export const whatHappened: Field = {
  key: 'complaint_description',
  ...called('what happened', 'lo que ha pasado'),
  type: 'text',
  description: 'What the customer complains about',
  examples: ['it arrived broken', 'the parcel is a week late', 'I was charged twice'],
}
const speaks = (...words: string[]) => speaksOf(whatHappened.key, ...words)
const label = (id: string, exit: string, [description, es]: [en: string, es: string], words: string) => ({
  id,
  exit,
  description,
  titles: both(description, es),
  keywords: words.split(', '),
})

export function whatKind(b: B) {
  const speaking = { step: 'what_kind', title: 'What kind of complaint' }
  return b.selector(
    'what_kind',
    b.do('conditions', decide, {
      ...speaking,
      branches: branches([
        [
          'offer_check',
          'Words about a charge',
          speaks('charged twice', 'overcharged', 'wrong charge', 'cobrado dos veces', 'cobro'),
        ],
        ['offer_apology', 'Words about how they were treated', speaks('rude', 'unfriendly', 'maleducad')],
        [
          'which_order',
          'Words about a bad item',
          speaks('broken', 'damaged', 'defective', 'wrong item', 'roto', 'dañado', 'defectuos'),
        ],
        [
          'which_order',
          'Words about the delivery',
          speaks('never arrived', 'not arrived', 'arrived late', 'no ha llegado', 'no llegó', 'con retraso'),
        ],
      ]),
    }),
    b.do(null, classify, {
      ...speaking,
      say: both(
        'So that I get this right, which of these fits best?',
        'Para no equivocarme, ¿cuál de estas opciones encaja mejor?',
      ),
      labels: [
        label(
          'product',
          'which_order',
          ['A defective, damaged or wrong item', 'Un artículo defectuoso, dañado o equivocado'],
          'defective, damaged, broken, wrong item, quality, stopped working, scratched, defectuoso, dañado, roto, equivocado, calidad',
        ),
        label(
          'delivery',
          'which_order',
          [
            'An order that is late, lost or went to the wrong address',
            'Un pedido que llega tarde, se ha perdido o ha ido a otra dirección',
          ],
          'late, delivery, delayed, lost, parcel, package, shipping, wrong address, entrega, retraso, perdido, paquete, envío',
        ),
        label(
          'service',
          'offer_apology',
          [
            'Bad treatment or a bad experience with our staff',
            'Un mal trato o una mala experiencia con nuestro personal',
          ],
          'rude, staff, agent, treated, service, support, unfriendly, trato, empleado, agente, servicio, atención',
        ),
        label(
          'billing',
          'offer_check',
          ['A wrong or unexpected charge', 'Un cobro equivocado o inesperado'],
          'charge, charged, bill, billing, invoice, price, payment, cobro, cobrado, factura, precio, pago',
        ),
      ],
      resultKey: 'complaint_kind',
    }),
  )
}
