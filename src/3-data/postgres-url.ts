// The settings of a Postgres server, from its URL.
import { readFileSync } from 'node:fs'
import { databaseErrors } from './errors.ts'

/** What is set for a Postgres server. */
export interface PostgresOptions {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string
  /** TLS, with the authority that the certificate is checked against; undefined is the system's list. */
  readonly ssl: false | { readonly ca?: string; readonly cert?: string; readonly key?: string }
  /** The most connections of this process. */
  readonly pool: number
  /** Milliseconds to wait for a connection, new or free. */
  readonly connectTimeout: number
  /** Milliseconds after which the server ends a statement; 0 never does. */
  readonly statementTimeout: number
  readonly applicationName: string
}

/**
 * Reads the URL of a Postgres server. Parameters are those of libpq where it has them
 * (https://www.postgresql.org/docs/current/libpq-connect.html): `sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `host`,
 * `connect_timeout` (seconds), `application_name`; and `statement_timeout` (milliseconds) and `pool` (connections).
 *
 * @throws Layer9Error DATABASE_URL_INVALID
 */
export function readPostgresUrl(text: string): PostgresOptions {
  if (!/^[a-z]+:\/\//i.test(text)) throw invalid(text, 'a server is named by postgres:// and its host')
  const url = URL.parse(text)
  if (!url) throw invalid(text, 'it is no URL')
  const { searchParams: parameters } = url
  const number = (name: string, otherwise: number, least: number) => {
    const value = Number(parameters.get(name) ?? otherwise)
    if (Number.isSafeInteger(value) && value >= least && value <= 2 ** 31 - 1) return value
    throw invalid(text, `"${name}" is no whole number of at least ${least}`)
  }
  const database = decode(url.pathname.slice(1), text)
  const user = decode(url.username, text) || undefined
  if (!database) throw invalid(text, 'the name of the database is missing behind the host')
  return {
    host: parameters.get('host') ?? (url.hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost'),
    port: Number(url.port || 5432),
    user,
    password: decode(url.password, text) || undefined,
    database,
    ssl: readTls(parameters, text),
    pool: number('pool', 10, 1),
    connectTimeout: number('connect_timeout', 5, 1) * 1000,
    statementTimeout: number('statement_timeout', 30_000, 0),
    applicationName: parameters.get('application_name') ?? 'layer9',
  }
}

/**
 * TLS where the URL asks for it, and then with a certificate that is checked: encryption to whoever answers protects
 * from nobody who could listen.
 */
function readTls(parameters: URLSearchParams, text: string): PostgresOptions['ssl'] {
  const mode = parameters.get('sslmode') ?? 'disable'
  if (mode === 'disable') return false
  if (mode !== 'require' && mode !== 'verify-ca' && mode !== 'verify-full') {
    throw invalid(text, '"sslmode" is disable or verify-full (require and verify-ca mean the same)')
  }
  const file = (name: string) => {
    const path = parameters.get(name)
    return path ? readTlsFile(path, name, text) : undefined
  }
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')]
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}

function readTlsFile(path: string, name: string, text: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw invalid(text, `the file of "${name}" cannot be read`)
  }
}

function decode(part: string, text: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw invalid(text, 'it has a % that is no escape (write %25)')
  }
}

const invalid = (url: string, reason: string): Error =>
  databaseErrors.DATABASE_URL_INVALID({ url: withoutPassword(url), reason })

/** A URL for messages and logs. Whatever stands between the user and the last `@` may be a password. */
export function withoutPassword(url: string): string {
  return url
    .replace(/^(.*?\/\/[^:/?#@]*|[^:@]*(?!:\/\/))(?::|%3a).*@/i, '$1:***@')
    .replace(/([?&][^=&]*(?:pass|token|secret|key)[^=&]*=)[^&]*/gi, '$1***')
}
