import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const isDeep = process.env.LAYER9_DEEP === '1'

/** What the random suites try; see tests/harness/random.ts. */
const provide = {
  cases: isDeep ? 5_000 : 200,
  seed: Number(process.env.LAYER9_SEED ?? Math.floor(Math.random() * 2 ** 31)),
}

/** Thousands of cases take their time. */
const testTimeout = isDeep ? 600_000 : 15_000

/** What the tests need of Chromium on a machine without a display, a GPU or a way out. */
const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** Vitest starts large files first, but the longest of all are small: they would run alone at the end. */
const longest = /\/(?:mutants|migrations|escaping|tracking)\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isShort = ({ moduleId }: TestSpecification): number => Number(!longest.test(moduleId))
    return (await super.sort(files)).sort((one, other) => isShort(one) - isShort(other))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          provide,
          testTimeout,
          // By default one core is left free, which is half of a machine that has two.
          maxWorkers: '100%',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'create-layer9/**/*.test.ts'],
          exclude: ['**/*.browser.test.*', '**/fixtures/**', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'browser',
          provide,
          testTimeout,
          include: ['src/**/*.browser.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          provide,
          // One Postgres for the whole run; a test file has a database of its own in it.
          globalSetup: ['tests/harness/postgres-setup.ts'],
          // The built package is loaded by Node, as an app's tests load it: the app's modules must meet the same copy.
          server: { deps: { external: [/\/dist\//] } },
          include: ['tests/**/*.test.ts'],
          exclude: ['**/fixtures/**', '**/node_modules/**'],
          testTimeout: isDeep ? 600_000 : 60_000,
          hookTimeout: 120_000,
          // Each file has servers and ports of its own, and waits for them most of the time.
          maxWorkers: 2,
          // A browser on a busy machine may be late once; what is wrong is wrong twice. The output tells of it.
          retry: process.env.CI ? 1 : 0,
        },
      },
    ],
  },
})
