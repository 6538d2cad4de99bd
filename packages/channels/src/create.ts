import { Fault, systemClock, type Channel, type ChannelBinding, type Clock } from '@copse/contracts'
import { factories, pullChannels } from './all.ts'
import { checkChannel, checkSecret, parseObject } from './check.ts'

/**
 * The channels of a tenant, by name: our own, and one for each binding that pushes. Several bindings of one type live
 * side by side under their names. `secrets` are credentials by name. Fault `config_invalid` with everything wrong.
 */
export async function createChannels(
  bindings: readonly ChannelBinding[],
  secrets: Readonly<Record<string, string>>,
  clock: Clock = systemClock,
): Promise<ReadonlyMap<string, Channel>> {
  const secretOf = ({ credential }: ChannelBinding): string | undefined =>
    credential !== undefined && Object.hasOwn(secrets, credential) ? secrets[credential] : undefined
  const problems = bindings.flatMap((binding, at) => [
    ...checkChannel(binding),
    ...checkSecret(binding, secretOf(binding)),
    ...(bindings.findIndex(({ name }) => name === binding.name) < at
      ? [`channel ${binding.name}, name: two bindings have it.`]
      : []),
  ])
  if (problems.length > 0) throw new Fault('config_invalid', { detail: problems.join('\n') })
  const channels = new Map(pullChannels.map((channel) => [channel.name, channel]))
  for (const binding of bindings) {
    // One of our own needs no binding, and gets nothing by one.
    const create = factories[binding.type]
    if (create)
      channels.set(binding.name, await create(binding, { secret: parseObject(secretOf(binding) ?? ''), clock }))
  }
  return channels
}
