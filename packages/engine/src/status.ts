/** Numbers inside, strings at the JSON edge. `running` means one thing: parked on a durable wait key. */
export const Success = 1
export const Failure = 2
export const Running = 3
export type Settled = typeof Success | typeof Failure
export type Status = Settled | typeof Running

export const statusNames = ['idle', 'success', 'failure', 'running'] as const
