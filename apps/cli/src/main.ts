#!/usr/bin/env node
import { exitWith } from '@copse/http'
import { readConfig } from './config.ts'
import { run } from './run.ts'
import { typed } from './typed.ts'

try {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.exitCode = await run(process.argv.slice(2), {
    environment: readConfig(),
    print: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
    input: () => typed(stop.signal),
    now: Date.now,
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    signal: stop.signal,
  })
} catch (error) {
  exitWith(error)
}
