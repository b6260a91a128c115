// Which values of the environment a browser must never see, and the forms in which they could stand in a file.

/** A variable whose value is nobody's business but the server's. */
export interface Secret {
  readonly variable: string
  /** The value as it is, and as JSON, a URL and base64 would write it. */
  readonly forms: readonly string[]
}

/** Shorter values ("true", "3000") stand in files by chance. */
const shortest = 8

/** Set by the machine, the shell, npm or the tools, not by whoever deploys an app: their values are no secrets of it. */
const ofTheMachine =
  /^(?:npm_.*|NODE|NODE_ENV|NODE_OPTIONS|NODE_PATH|PATH|PWD|OLDPWD|INIT_CWD|HOME|SHELL|LANG|LANGUAGE|LC_.*|TERM.*|COLORTERM|USER|USERNAME|LOGNAME|HOSTNAME|TZ|TMPDIR|TEMP|TMP|EDITOR|PAGER|DISPLAY|XDG_.*|VITEST.*|CI|HOST|PORT|_)$/

/**
 * Set by the services that build apps: the repository's name, the branch, the address, which an app may well show. What
 * such a service keeps secret is known by its name.
 */
const ofTheService = /^(?:CI|GITHUB|RUNNER|GITLAB|VERCEL|NETLIFY|CF_PAGES|RENDER|RAILWAY|FLY|HEROKU|CIRCLE|BUILDKITE)_/
const secretName = /TOKEN|SECRET|KEY|PASS|CREDENTIAL|AUTH|DSN|PRIVATE|JWT|SIGN/i

/** Words that say in which mode a program runs, and addresses of the machine itself: in many files, secret in none. */
const everyday =
  /^(?:production|development|disabled|undefined|(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?\/?)$/

/** The values to look for: of every variable that is neither public by its name nor the machine's own. */
export function secretValues(
  env: Readonly<Record<string, string | undefined>>,
  publicPrefixes: readonly string[],
): Secret[] {
  return Object.entries(env).flatMap(([variable, given]) => {
    const value = given?.trim() ?? ''
    const isPublic = ofTheMachine.test(variable) || publicPrefixes.some((prefix) => variable.startsWith(prefix))
    const isKnown = ofTheService.test(variable) && !secretName.test(variable)
    if (value.length < shortest || isPublic || isKnown || everyday.test(value)) return []
    return [{ variable, forms: formsOf(value) }]
  })
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1)
  return [...new Set([value, json, encodeURIComponent(value), Buffer.from(value).toString('base64')])]
}
