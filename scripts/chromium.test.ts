import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findChromium, provideChromium } from './chromium.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer9-chromium-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function place(name: string, mode = 0o755): string {
  const path = join(folder, name)
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, mode)
  return path
}

describe('findChromium', () => {
  it('takes the browser that CHROMIUM names', () => {
    const mine = place('my-browser')
    expect(findChromium({ CHROMIUM: mine, PATH: '' })).toBe(mine)
  })

  it('finds a browser on PATH, Chromium before Chrome', () => {
    place('google-chrome')
    const chromium = place('chromium')
    expect(findChromium({ PATH: folder })).toBe(chromium)
  })

  it('does not fall back when CHROMIUM names nothing', () => {
    place('chromium')
    expect(findChromium({ CHROMIUM: join(folder, 'none'), PATH: folder })).toBeUndefined()
  })
})

describe('provideChromium', () => {
  it('says what is wrong with CHROMIUM, and what to do', () => {
    const env = { CHROMIUM: join(folder, 'none'), PATH: folder }
    expect(() => provideChromium(env)).toThrow(/CHROMIUM=.*none is not an executable file\. Install it/)
  })
})
