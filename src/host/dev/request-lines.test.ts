import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Incoming } from '../../2-platform/index.ts'
import { readMeasuredProps } from '../measured-props.ts'
import { createRequestLines } from './request-lines.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layer9-lines-'))
})
afterEach(() => rmSync(root, { recursive: true }))

describe('what roots were given', () => {
  it('is remembered of pages that are shown at once', async () => {
    const lines = createRequestLines({ root, base: '/' })
    const pages = ['/a', '/b', '/c']
    for (const path of pages) {
      const body = `<!--{${path}--><main></main><!--}-->`
      const reply = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
      lines.note({ method: 'GET', path } as Incoming, reply, {})
      lines.write({ method: 'GET', path, status: 200, milliseconds: 1, address: '127.0.0.1' })
    }
    const nothing = Object.fromEntries(pages.map((page) => [page, []]))
    await expect.poll(() => readMeasuredProps(root)).toEqual(nothing)
  })
})
