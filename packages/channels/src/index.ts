/**
 * channels: ways a customer can talk to us. An adapter knows one outside service: what it can show and how to send to
 * it. It never retries, stores or decides; fitting a reply to the limits is the dialogue's work.
 */
export { createChannels } from './all.ts'
export { toInbound, webChatRequest } from './inbound.ts'
export { manifests } from './manifests.ts'
