// `layer9/testing`: an app in a test, with its whole pipeline and without a port.
import { resolve } from 'node:path'
import { fromRequest, runRequest, toResponse } from '../2-platform/index.ts'
import type { Procedure } from '../6-api/index.ts'
import type { AppData } from './data/app-data.ts'
import type { LoadModule } from './data/load-data.ts'
import { createAppRunner } from './dev/app-runner.ts'
import { createDevAssets } from './dev/assets.ts'
import { openHeadless } from './dev/headless.ts'
import { loadConfig } from './vite/load-config.ts'

/** What `testApp` takes. */
export interface TestAppOptions {
  /** Folder of the app. Default: where the tests run. */
  root?: string
  /**
   * A database for this app alone, as DATABASE_URL names one; `:memory:` is gone when the app is closed. It gets all
   * migrations, and no seed. Modules that a test imports know nothing of it: it takes them from `load`. Default: the
   * database that the environment names, as it is.
   */
  database?: string
}

/** An app that a test talks to. */
export interface TestApp {
  /**
   * Sends a request through the whole pipeline: defaults, middleware, guards, loaders, rendering.
   *
   * @example
   * const app = await testApp()
   * const response = await app.fetch('/posts/1')
   */
  fetch(target: string | Request, init?: RequestInit): Promise<Response>
  /**
   * Calls a query or action as a page's loader would: guards and validation run, an outcome is thrown as itself.
   * `headers` are those of the request that it runs in, e.g. a cookie that a guard reads.
   */
  call<Input, Output>(
    procedure: Procedure<Input, Output>,
    input?: Input,
    options?: { headers?: Readonly<Record<string, string>> },
  ): Promise<Output>
  /**
   * A module of the app, as its requests see it. What a test imports by itself is evaluated once more: it has signals,
   * services and a database of its own.
   *
   * @param file path from the folder of the app: `app/api/notes.ts`
   * @throws what evaluating the module throws
   */
  load<Module>(file: string): Promise<Module>
  /** Errors that a visitor saw only as an id, in the order in which they happened. */
  readonly errors: readonly unknown[]
  /** Ends it. Nothing of it keeps the process alive after. */
  close(): Promise<void>
}

/** Where a test's requests seem to be sent. */
const origin = 'http://localhost'

/**
 * Makes an app of the files in a folder, as `layer9 dev` would, for tests.
 *
 * @throws DATA_MISSING where a database is asked for and the app has none; what evaluating and migrating it throws
 * @example
 * import { expect } from 'vitest'
 * const app = await testApp()
 * expect((await app.fetch('/')).status).toBe(200)
 * await app.close()
 */
export async function testApp({ root: given = '.', database }: TestAppOptions = {}): Promise<TestApp> {
  const root = resolve(given).replaceAll('\\', '/')
  const config = await loadConfig(root)
  const { environment, close } = await openHeadless(root, config)
  const failures: unknown[] = []
  const { base, navigation, origins, cors, webAssembly, limits } = config
  const runner = createAppRunner(environment, {
    root,
    assets: { ...createDevAssets({ root, base, navigation, environment }), headHtml: '' },
    options: {
      // As strangers see it: errors as ids, no stacks in pages.
      dev: false,
      base,
      origins,
      cors,
      webAssembly,
      bodyLimit: limits.body,
      rateLimit: 0,
      report: (error) => void failures.push(error),
    },
  })
  const end = async (): Promise<void> => {
    await runner.close()
    await close()
  }
  const data = database === undefined ? undefined : await openData(root, database, { load: runner.load, end })
  return {
    errors: failures,
    // The caller knows the type of the file that it names.
    load: async <Module>(file: string) => (await runner.load(`${root}/${file}`)) as Module,
    async fetch(target, init) {
      const request = new Request(typeof target === 'string' ? new URL(target, origin) : target, init)
      const handler = await runner.current()
      return toResponse(await handler(fromRequest(request, { bodyLimit: limits.body })), request.method)
    },
    async call<Input, Output>(
      procedure: Procedure<Input, Output>,
      input?: Input,
      { headers = {} }: { headers?: Readonly<Record<string, string>> } = {},
    ): Promise<Output> {
      const incoming = fromRequest(new Request(origin, { headers }))
      // A procedure takes no argument or one, which its conditional parameters say only once Input is known.
      const run = procedure as unknown as (given: Input | undefined) => Promise<Output>
      return await settle<Output>((done) => runRequest(incoming, async () => await done(run(input))))
    },
    async close() {
      await data?.db.destroy()
      await end()
    },
  }
}

interface Runner {
  load: LoadModule
  end(): Promise<void>
}

/** What was opened for an app whose database cannot be had would keep the process alive. */
async function openData(root: string, database: string, { load, end }: Runner): Promise<AppData> {
  // Loaded late: most apps in tests have no database.
  const { openTestDatabase } = await import('./data/test-database.ts')
  try {
    return await openTestDatabase(root, database, load)
  } catch (error) {
    await end()
    throw error
  }
}

/** `runRequest` answers requests; here it is what runs inside that is wanted. */
async function settle<Output>(run: (done: (result: Promise<Output>) => Promise<never>) => unknown): Promise<Output> {
  return await new Promise<Output>((resolve, reject) => {
    run(async (result) => {
      await result.then(resolve, reject)
      return undefined as never
    })
  })
}
