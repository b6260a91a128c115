import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { runCheck } from './run.ts'
import { fixtures, layOut } from './testing/tree.fixture.ts'

// Real builds and folders on disk: long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** `UPDATE_EXPECTED=1` writes what is drawn now; the difference is then read in the version control. */
const update = process.env['UPDATE_EXPECTED'] === '1'

describe('layer9 check', () => {
  for (const name of readdirSync(fixtures).sort()) {
    it(`says what is expected of the case "${name}"`, async () => {
      const root = layOut(name)
      const { output, exitCode } = await runCheck({ root, cache: false })
      const file = join(fixtures, name, 'expected.txt')
      if (update || !existsSync(file)) writeFileSync(file, output)
      expect(output).toBe(readFileSync(file, 'utf8'))
      expect(exitCode).toBe(/violations? \(/.test(output) ? 1 : 0)
    })
  }
})
