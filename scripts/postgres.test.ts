import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPostgres, findServerUser, providePostgres } from './postgres.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-postgres-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function place(...names: string[]): void {
  for (const name of names) {
    writeFileSync(join(folder, name), '#!/bin/sh\n')
    chmodSync(join(folder, name), 0o755)
  }
}

describe('findPostgres', () => {
  it('takes the folder that POSTGRES_BIN names, where both programs are in it', () => {
    place('postgres')
    expect(findPostgres({ POSTGRES_BIN: folder })).toBeUndefined()
    place('initdb')
    expect(findPostgres({ POSTGRES_BIN: folder })).toBe(folder)
  })
})

describe('providePostgres', () => {
  it('installs nothing outside of CI, nor where POSTGRES_BIN names a folder', () => {
    expect(providePostgres({ POSTGRES_BIN: folder, CI: 'true' })).toBeUndefined()
    expect(providePostgres({ PATH: folder })).toBe(findPostgres({ PATH: folder }))
  })
})

describe('findServerUser', () => {
  it('is another user where the tests run as root', () => {
    const user = findServerUser()
    if (process.getuid?.() === 0 && findPostgres()) expect(user?.uid).toBeGreaterThan(0)
    else expect(user).toBeUndefined()
  })
})
