// Which Node may run this.
import { errors } from '../errors.ts'

/** The oldest Node that has all that Layer9 uses: type stripping without a flag, `node:sqlite`, `crypto.argon2`. */
const floor = '24.8.0'

/**
 * Refuses a Node that is too old, before anything is loaded that it would not understand.
 *
 * @param version such as `24.8.0`; default this process's
 * @throws NODE_TOO_OLD
 */
export function checkNode(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [floorMajor = 0, floorMinor = 0] = floor.split('.').map(Number)
  if (major > floorMajor || (major === floorMajor && minor >= floorMinor)) return
  throw errors.NODE_TOO_OLD({ version, floor })
}
