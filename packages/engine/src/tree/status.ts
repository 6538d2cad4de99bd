/** Numbers inside, strings at the JSON edge. `running` means one thing: parked on a durable wait key. */
export const Success = 1 as const
export const Failure = 2 as const
export const Running = 3 as const
export type Settled = typeof Success | typeof Failure
export type Status = Settled | typeof Running

export const statusNames = ['idle', 'success', 'failure', 'running'] as const

declare const child: unique symbol
/** "Enter this child": what `ctx.run(child)` returns. A number below zero, so that no step allocates. */
export type Next = number & { readonly [child]: true }

/** What a composite or decorator answers: it settled, it stays running, or a child comes next. */
export type Step = Status | Next
