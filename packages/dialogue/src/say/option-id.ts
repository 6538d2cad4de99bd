import { digest, type ChannelLimits } from '@copse/contracts'

const mark = '#'
const tokenOf = (id: string): string => mark + digest(['option', id]).slice(0, 32)

/** The id as the channel can carry it. What it would cut, refuse or trim goes as a token that stands for it. */
export function idOnChannel(id: string, { optionIdLength }: ChannelLimits): string {
  if (optionIdLength === undefined) return id
  return id.length > optionIdLength || id.trim() !== id || id === '' ? tokenOf(id) : id
}

/** Whether a payload that came back means this option. */
export const meansOption = (payload: string | undefined, id: string): boolean =>
  payload === id || (payload?.startsWith(mark) === true && payload === tokenOf(id))
