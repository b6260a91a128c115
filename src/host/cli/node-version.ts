// Which Node may run this.

/** The oldest Node that has all that Layer9 uses: type stripping without a flag, `node:sqlite`, `crypto.argon2`. */
export const nodeFloor = '24.8.0'

/** Whether a version such as `24.8.0` is at least the floor. */
export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [floorMajor = 0, floorMinor = 0] = nodeFloor.split('.').map(Number)
  return major > floorMajor || (major === floorMajor && minor >= floorMinor)
}
