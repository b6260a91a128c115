// Which hosts a development server answers to. A page of any site can send requests to loopback under a name that it
// controls (DNS rebinding); it cannot forge the `Host` header, so the names are listed.
import { isAllowedHost, readAuthority } from '../server/index.ts'

/** Names that always mean this machine (RFC 6761 §6.3). */
const loopback = ['localhost', '.localhost', '127.0.0.1', '[::1]']

/**
 * The hosts of a development server: this machine, the configured names, and the address that it was told to listen on.
 *
 * @example
 * listDevHosts(['.example.test'], undefined) // ['localhost', '.localhost', '127.0.0.1', '[::1]', '.example.test']
 */
export function listDevHosts(configured: readonly string[], host: string | undefined): string[] {
  return [...loopback, ...configured, ...(host && !isWildcard(host) ? [host] : [])]
}

/** Addresses that mean "all of this machine" name nothing that a browser would send. */
const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Makes the check of a `Host` header as it came: a valid one, and listed. */
export function createHostCheck(hosts: readonly string[]): (header: string | undefined) => boolean {
  return (header) => {
    const authority = header === undefined ? undefined : readAuthority(header, 'http')
    return authority !== undefined && isAllowedHost(authority.host, hosts)
  }
}
