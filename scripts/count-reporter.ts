import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a run with the plain line that CI reads. Where everything is there to be tested (COPSE_NO_SKIPS), a skipped test
 * is a failure: it would hide one.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 }
    const skipped = new Map<string, number>()
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) count.failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') count.passed += 1
        else if (state === 'failed') count.failed += 1
        else {
          count.skipped += 1
          skipped.set(module.relativeModuleId, (skipped.get(module.relativeModuleId) ?? 0) + 1)
        }
      }
    }
    for (const [file, tests] of skipped) process.stdout.write(`skipped: ${tests} in ${file}\n`)
    if (process.env['COPSE_NO_SKIPS'] === '1' && count.skipped > 0) {
      process.stdout.write('Nothing may be skipped in this run.\n')
      count.failed += count.skipped
      process.exitCode = 1
    }
    process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`)
  }
}
