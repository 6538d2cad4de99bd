/**
 * channels: ways a customer can talk to us. An adapter knows one outside service: what it can show, how to read what
 * it posts and how to send to it. It never retries, stores or decides; fitting a reply to the limits is the dialogue's
 * work.
 */
export { consentIn } from './consent.ts'
export { createChannels } from './create.ts'
export { toInbound, webChatRequest } from './inbound.ts'
export { manifests } from './manifests.ts'
