/**
 * testkit: servers that speak the wire formats of outside services, and the harness that kills processes. Tests of any
 * room may use it. It knows contracts only and holds no expectations of its own.
 */
export * from './anthropic-server.ts'
export { killAt, runUntilKilled, type Killed } from './crash.ts'
export { startSmtpServer, type ReceivedMail, type SmtpReply, type SmtpServer } from './smtp-server.ts'
export { startWhatsAppCloud, type WhatsAppCloud, type WhatsAppReply } from './whatsapp-cloud.ts'
export { whatsAppEnvelope, whatsAppMessage, whatsAppStatus, whatsAppText } from './whatsapp-webhooks.ts'
