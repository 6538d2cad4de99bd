/** What a refund puts before the customer to choose from. */
import { orderFields } from './orders.ts'
import { both, choice, menu, type B } from './words.ts'

export const offerCancellation = (b: B) =>
  menu(
    b,
    'offer_cancellation',
    'Offer to cancel',
    both(
      'This order has not been sent yet, so I can cancel it right now and you get all of your money back within 3 to 5 business days. Shall I?',
      'Este pedido aún no ha salido, así que puedo cancelarlo ahora mismo y se le devuelve todo el dinero en 3 a 5 días hábiles. ¿Lo cancelo?',
    ),
    [
      choice(
        'cancel_the_order',
        'The customer wants the order cancelled',
        'Cancel the order: cancel, cancel it, yes, sure, okay, ok, please do, go ahead, do it',
        'Cancelar el pedido: sí, claro, vale, cancelar, cancele, cancélelo, adelante, por favor',
      ),
      choice(
        'keep_it',
        'The customer wants to keep the order',
        "Keep it: keep, keep it, no, don't cancel, do not cancel, leave it, never mind",
        'Conservarlo: no cancelar, no lo cancele, déjelo, conservar',
      ),
    ],
  )

export const cancelledBefore = (b: B) =>
  menu(
    b,
    'already_cancelled',
    'Cancelled before',
    both(
      'Order {{order_data.order_id}} was cancelled before, so the money is already on its way back to you. Would you like somebody to look into it?',
      'El pedido {{order_data.order_id}} ya estaba cancelado, así que el dinero ya está en camino. ¿Quiere que alguien lo revise?',
    ),
    [
      choice(
        'yes_please',
        'The customer wants a person to check',
        'Yes, please: yes, please, sure, supervisor, check it, someone',
        'Sí, por favor: sí, claro, vale, revisar, persona',
      ),
      choice(
        'no_thank_you',
        'The customer is content',
        'No, thank you: no, no thanks, fine, all good, okay',
        'No, gracias: no gracias, está bien, de acuerdo',
      ),
    ],
  )

export const offerCredit = (b: B) =>
  menu(
    b,
    'offer_credit',
    'Outside the refund window',
    both(
      'This order was delivered {{days_since_delivery}} days ago. We refund within 30 days, so I cannot pay it back, and I am sorry about that. What I can do is give you its full value as store credit, valid for 12 months, or ask a supervisor to take a look.',
      'Este pedido se entregó hace {{days_since_delivery}} días. Los reembolsos son posibles durante 30 días, así que lamento no poder devolverle el dinero. Lo que sí puedo es darle todo su valor como crédito en la tienda, válido durante 12 meses, o pedir a un supervisor que lo revise.',
    ),
    [
      choice(
        'store_credit',
        'The customer takes store credit for the value of the order',
        'Store credit: credit, store credit, accept, yes, okay, sure, fine, sounds good',
        'Crédito en la tienda: crédito, acepto, sí, vale, de acuerdo',
      ),
      choice(
        'ask_a_supervisor',
        'The customer wants a supervisor to look at it',
        'Ask a supervisor: supervisor, manager, escalate, not acceptable, speak to someone, unfair, person',
        'Con un supervisor: responsable, encargado, reclamar, inaceptable',
      ),
      choice(
        'no_thank_you',
        'The customer wants neither',
        'No, thank you: no, no thanks, never mind, leave it, nothing, forget it',
        'No, gracias: no gracias, déjelo, nada',
      ),
    ],
  )

export const orderNotFound = (b: B) =>
  menu(
    b,
    'order_not_found',
    'Order not found',
    both(
      'I could not find that among your orders. Perhaps there is a typo, or it was bought under another account. Shall we try again?',
      'No lo encuentro entre sus pedidos. Quizá haya una errata o se compró con otra cuenta. ¿Lo intentamos de nuevo?',
    ),
    [
      choice(
        'try_again',
        'The customer gives the order once more, or another one',
        'Try again: try, again, another, different, yes, sure',
        'Intentarlo de nuevo: otra vez, de nuevo, otro, sí, vale',
        orderFields,
      ),
      choice(
        'ask_a_supervisor',
        'The customer wants help from a person',
        'Ask a supervisor: help, supervisor, manager, escalate, person, someone',
        'Con un supervisor: ayuda, persona, responsable',
      ),
      choice(
        'leave_it',
        'The customer gives up',
        'Leave it: no, no thanks, never mind, leave it, forget it',
        'Dejarlo: no gracias, déjelo, nada',
      ),
    ],
  )
