// Debian's packages, for what the tests need of a machine that is made anew for every run.
import { spawnSync } from 'node:child_process'

/** Whether packages can be installed without asking: as root, where apt is. */
export const canInstall = (): boolean =>
  process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0

/** Installs a package. Whether it is there afterwards is for the caller to see. */
export function installWithApt(name: string): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: 'inherit' as const, env }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options)
}
