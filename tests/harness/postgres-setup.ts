// The Postgres of a run of the end-to-end tests: started once, before them.
import type { TestProject } from 'vitest/node'
import { providePostgres } from '../../scripts/postgres.ts'
import { startPostgres } from './postgres.ts'

/** Called by vitest (`globalSetup`); what it returns is called when the run has ended. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = providePostgres() ? await startPostgres() : undefined
  project.provide('postgres', server?.url ?? '')
  return async () => await server?.stop()
}
