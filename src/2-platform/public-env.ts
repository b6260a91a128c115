import { providePublicEnv } from '../1-contracts/index.ts'

/**
 * The variables of an environment that anyone may see: whose names begin with `PUBLIC_`.
 *
 * @example
 * pickPublic({ PUBLIC_SITE: 'https://example.com', SECRET: 'x' })   // { PUBLIC_SITE: 'https://example.com' }
 */
export function pickPublic(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const found = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[0].startsWith('PUBLIC_') && entry[1] !== undefined,
  )
  return Object.freeze(Object.fromEntries(found))
}

/** Those of this process, as they were when it started: every document of its life says the same. */
export const publicVariables: Readonly<Record<string, string>> = pickPublic(process.env)

// Here and not by a call of the host: an app's modules may read them as soon as they are loaded.
providePublicEnv(publicVariables)
